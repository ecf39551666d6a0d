// The page of the check at the cursor.

import * as vscode from "vscode";

import { checkAt, isCheck } from "../core/checkCode";
import * as messages from "../core/messages";
import type { Pages } from "../pages";
import { explain } from "../program";
import type { Session } from "../session";

export async function explainCheck(session: Session, pages: Pages): Promise<void> {
    const check = atCursor() ?? (await ask());
    const program = check === undefined ? undefined : await session.program();
    if (check === undefined || program === undefined) {
        return;
    }
    try {
        await pages.show(check, await explain(program, check));
    } catch (error) {
        session.output.error(String(error));
        void vscode.window.showErrorMessage(`omnic has no page about ${check}.`);
    }
}

/** The code that the text names there, else that of the narrowest finding. */
function atCursor(): string | undefined {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) {
        return undefined;
    }
    const { document, selection } = editor;
    const named = checkAt(document.lineAt(selection.active.line).text, selection.active.character);
    const findings = vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ source, range }) => source === "omnic" && range.contains(selection.active))
        .sort((one, other) => (one.range.contains(other.range) ? 1 : -1));
    return named ?? findings.map(code).find((each) => each !== undefined && isCheck(each));
}

function code({ code }: vscode.Diagnostic): string | undefined {
    const value = typeof code === "object" ? code.value : code;
    return value === undefined ? undefined : String(value);
}

async function ask(): Promise<string | undefined> {
    return vscode.window.showInputBox({
        title: "Explain Check",
        prompt: messages.NO_CODE,
        placeHolder: "OC201, or unresolved-reference",
        validateInput: (text) => (isCheck(text) ? undefined : "A code such as OC201, or a name such as unresolved-reference"),
    });
}
