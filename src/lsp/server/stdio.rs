//! Messages over standard input and output.

use std::io::{self, BufRead, Read as _, Write};
use std::thread;

use crossbeam_channel::unbounded;
use lsp_server::{Connection, Message};

use super::serve::serve;

/// Serves the client at the other end of standard input and output, until it leaves. With `allow_outside`, what comes
/// with a project may lead out of its boundary.
///
/// # Errors
///
/// If the two cannot be read or written, or the client does not keep to the protocol's opening.
pub fn run(allow_outside: bool) -> io::Result<()> {
    let (to_loop, from_client) = unbounded::<Message>();
    let (to_client, from_loop) = unbounded::<Message>();
    // It is not waited for: it may sit in a read that never ends.
    thread::Builder::new().name("reader".to_owned()).spawn(move || {
        let mut input = io::stdin().lock();
        read_all(&mut input, &mut |message| to_loop.send(message).is_ok(), &mut || write_raw(&unreadable()));
    })?;
    let writer = thread::Builder::new()
        .name("writer".to_owned())
        .spawn(move || from_loop.iter().try_for_each(|message| message.write(&mut io::stdout().lock())))?;
    let served = serve(&Connection { sender: to_client, receiver: from_client }, allow_outside);
    let written = writer.join().unwrap_or_else(|_| Err(io::Error::other("the writer failed")));
    served.map_err(io::Error::other).and(written)
}

/// Hands on every message until the input ends. What is no message is told of, and the next one is read.
fn read_all(input: &mut dyn BufRead, on_message: &mut dyn FnMut(Message) -> bool, on_garbage: &mut dyn FnMut()) {
    let mut input = input;
    loop {
        match read_one(&mut input) {
            Ok(Some(Ok(message))) => {
                if !on_message(message) {
                    return;
                }
            }
            Ok(Some(Err(NoMessage))) => on_garbage(),
            Ok(None) | Err(_) => return,
        }
    }
}

/// More bytes than any message has: a length above is none.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// What was read is no message.
#[derive(Debug)]
struct NoMessage;

/// Reads one message; none at the end of the input. `lsp_server` would trust any length, and end at what is no message.
fn read_one(input: &mut dyn BufRead) -> io::Result<Option<Result<Message, NoMessage>>> {
    let mut length = None;
    let mut is_sound = true;
    loop {
        let mut line = Vec::new();
        if (&mut *input).take(MOST_BYTES).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\r', '\n']);
        match line.split_once(':') {
            _ if line.is_empty() => break,
            Some((name, value)) if name.eq_ignore_ascii_case("Content-Length") => {
                length = value.trim().parse::<u64>().ok().filter(|&length| length <= MOST_BYTES);
            }
            Some(_) => {}
            // Rubbish: headers begin on the next line.
            None => is_sound = false,
        }
        if !is_sound {
            return Ok(Some(Err(NoMessage)));
        }
    }
    let Some(length) = length else { return Ok(Some(Err(NoMessage))) };
    let mut body = Vec::new();
    if (&mut *input).take(length).read_to_end(&mut body)? < length as usize {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&body).map_err(|_| NoMessage)))
}

/// The answer to what is no message (JSON-RPC 2.0: where the request cannot be known, the identifier is null).
fn unreadable() -> serde_json::Value {
    serde_json::json!({
        "jsonrpc": "2.0",
        "id": null,
        "error": { "code": lsp_server::ErrorCode::ParseError as i32, "message": "this is no message of the protocol" },
    })
}

/// `lsp_server` has no response without an identifier.
fn write_raw(value: &serde_json::Value) {
    let text = value.to_string();
    let mut output = io::stdout().lock();
    // If the client is gone, nobody is left to tell.
    let _ = write!(output, "Content-Length: {}\r\n\r\n{text}", text.len()).and_then(|()| output.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_is_passed_by() {
        let framed = |text: &str| format!("Content-Length: {}\r\n\r\n{text}", text.len());
        let input = [
            framed(r#"{"jsonrpc":"2.0","method":"a"}"#),
            framed("{nonsense"),
            "rubbish\r\n".to_owned(),
            "Content-Length: many\r\n\r\n".to_owned(),
            "Content-Length: 99999999999999\r\n\r\n".to_owned(),
            "Content-Length: 18446744073709551615\r\n\r\n".to_owned(),
            "Content-Length: 184467440737095516150\r\nContent-Type: x\r\n\r\n".to_owned(),
            framed(r#"{"jsonrpc":"2.0"}"#),
            framed(r#"{"jsonrpc":"2.0","method":"b"}"#),
        ]
        .concat();
        let (mut methods, mut garbage) = (Vec::new(), 0);
        let mut on_message = |message| {
            if let Message::Notification(notification) = message {
                methods.push(notification.method);
            }
            true
        };
        read_all(&mut input.as_bytes(), &mut on_message, &mut || garbage += 1);
        assert_eq!(methods, ["a", "b"]);
        assert_eq!(garbage, 7, "each is told of");
    }
}
