// The frame of a webview. All that is shown in it comes later, as text, through messages.

export interface Page {
    title: string;
    /** What the webview's own files are allowed by (`Webview.cspSource`). */
    cspSource: string;
    /** Without it no script runs. */
    nonce: string;
    script: string;
    style: string;
}

export function page({ title, cspSource, nonce, script, style }: Page): string {
    const policy = [
        "default-src 'none'",
        `style-src ${cspSource}`,
        `script-src 'nonce-${nonce}'`,
        "base-uri 'none'",
        "form-action 'none'",
    ].join("; ");
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${escape(style)}">
</head>
<body>
<main id="view"></main>
<script nonce="${escape(nonce)}" src="${escape(script)}"></script>
</body>
</html>
`;
}

export function escape(text: string): string {
    return text
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll('"', "&quot;")
        .replaceAll("'", "&#39;");
}
