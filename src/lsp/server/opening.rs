//! How a session begins.

use std::path::PathBuf;

use lsp_server::{Connection, ErrorCode, Message, RequestId, Response};
use lsp_types::{InitializeParams, WorkspaceFolders};

use super::error::ServeError;
use crate::lsp::text::uri;

/// Waits for the first request that makes sense.
pub(super) fn opening(connection: &Connection) -> Result<(RequestId, InitializeParams), ServeError> {
    loop {
        let refuse = |id, code: ErrorCode, message: &str| {
            // If the client is gone, the next message says so.
            let _ = connection.sender.send(Response::new_err(id, code as i32, message.to_owned()).into());
        };
        match connection.receiver.recv() {
            Ok(Message::Request(request)) if request.method == "initialize" => {
                match serde_json::from_value(request.params) {
                    Ok(params) => return Ok((request.id, params)),
                    Err(error) => refuse(request.id, ErrorCode::InvalidParams, &error.to_string()),
                }
            }
            Ok(Message::Request(request)) => {
                refuse(request.id, ErrorCode::ServerNotInitialized, "the first request must be `initialize`");
            }
            Ok(Message::Notification(notification)) if notification.method == "exit" => {
                return Err(ServeError::NoShutdown);
            }
            Ok(_) => {}
            Err(_) => return Err(ServeError::Gone),
        }
    }
}

/// The folders that are open in the client.
pub(super) fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    if let Some(WorkspaceFolders::WorkspaceFolderList(folders)) =
        &params.workspace_folders_initialize_params.workspace_folders
    {
        return folders.iter().filter_map(|folder| uri::to_path(&folder.uri)).collect();
    }
    #[expect(deprecated, reason = "older clients know nothing else")]
    params.root_uri.iter().filter_map(uri::to_path).collect()
}
