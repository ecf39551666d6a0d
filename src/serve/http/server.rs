//! The server: it listens, takes connections, and ends when it is told to.

use std::future::{Future, poll_fn};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::thread::JoinHandle;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio_rustls::TlsAcceptor;

use super::connection::{Log, Shared, service};
use super::guard::{Guard, host_of};
use super::limits::Limits;
use super::patience::Patient;
use super::plain;
use super::tls::{self, TlsError, TlsOptions};
use crate::plan::Plan;
use crate::serve::login::new_token;
use crate::serve::org::{self, Components, OrgHandle, OrgOptions, Recovered, Reload, StartError};

/// How long a TLS handshake may take.
const SLOWEST_HANDSHAKE: Duration = Duration::from_secs(10);
/// The largest head of a request: a query may be in its first line, which has 64 KiB at most.
const LARGEST_HEAD: usize = 128 << 10;
/// How many headers a request may have.
const MOST_HEADERS: usize = 100;
/// How long requests may take to end, once the server is to end.
const FAREWELL: Duration = Duration::from_secs(2);

/// How a server begins.
pub struct ServerOptions {
    /// The address at which it listens.
    pub host: IpAddr,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// What URLs in answers begin with; none: the request's host.
    pub external: Option<String>,
    /// Hears of each request.
    pub log: Option<Log>,
    /// What clients are bound to.
    pub limits: Limits,
    /// How it speaks TLS; none: it speaks plain HTTP.
    pub tls: Option<TlsOptions>,
    /// Reads the components that pages run; none: there are none.
    pub components: Option<Components>,
    /// The org.
    pub org: OrgOptions,
}

/// Why a server could not begin.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The org could not.
    #[error("{0}")]
    Org(#[from] StartError),
    /// The address is taken, or cannot be used.
    #[error("{host}:{port} cannot be listened at: {error}")]
    Listen {
        /// The address.
        host: IpAddr,
        /// The port.
        port: u16,
        /// Why.
        error: std::io::Error,
    },
    /// It cannot speak TLS.
    #[error("{0}")]
    Tls(#[from] TlsError),
    /// The system does not give what a server needs.
    #[error("the server cannot run: {0}")]
    Io(#[from] std::io::Error),
}

/// A server that listens.
pub struct Running {
    /// Where.
    pub address: SocketAddr,
    /// The token that has every scope.
    pub token: String,
    /// The org's id.
    pub organization: String,
    /// What there is to be told of data that was read.
    pub recovered: Recovered,
    /// Whether it speaks TLS.
    pub is_secure: bool,
    /// The file with the certificate that clients must trust; none: it was not written, or is the user's own affair.
    pub ca: Option<PathBuf>,
    acceptor: Option<TlsAcceptor>,
    runtime: tokio::runtime::Runtime,
    listener: TcpListener,
    shared: Arc<Shared>,
    org: OrgHandle,
    thread: JoinHandle<()>,
}

/// Starts a server: when this returns, clients can connect, and are answered once [`Running::run`] is called.
///
/// # Errors
///
/// If the org cannot begin, or the address cannot be used.
pub fn start(plan: Plan, options: ServerOptions, reload: Option<Reload>) -> Result<Running, ServeError> {
    let ServerOptions { host, port, external, log, limits, tls, components, org: org_options } = options;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // First the address, so that a second server ends before it touches anything.
    let listener =
        runtime.block_on(TcpListener::bind((host, port))).map_err(|error| ServeError::Listen { host, port, error })?;
    let address = listener.local_addr()?;
    let (org, thread, recovered) = org::start(plan, org_options, reload)?;
    // After the data, which no other server uses now.
    let names = tls::names(host, external.as_deref().and_then(host_of).as_deref());
    let tls = tls.map(|options| tls::prepare(&options, &names)).transpose()?;
    let is_secure = tls.is_some();
    let (acceptor, ca) = tls.map_or((None, None), |tls| (Some(tls.acceptor), tls.ca));
    let first = org.ask(move |org| {
        org.components = components;
        let admin = org.admin();
        (new_token(org, admin, true), org.organization().to_string())
    });
    let (token, organization) =
        runtime.block_on(first).map_err(|gone| ServeError::Io(std::io::Error::other(gone.to_string())))?;
    let guard = Guard::new(host, external.as_deref());
    let scheme = if is_secure { "https" } else { "http" };
    let shared = Arc::new(Shared { org: org.clone(), guard, external, scheme, log, limits });
    Ok(Running {
        address,
        token,
        organization,
        recovered,
        is_secure,
        ca,
        acceptor,
        runtime,
        listener,
        shared,
        org,
        thread,
    })
}

impl Running {
    /// Answers until `end` comes; then lets requests end, and everything be written.
    pub fn run(self, end: impl Future<Output = ()>) {
        let Self { runtime, listener, shared, org, thread, acceptor, .. } = self;
        runtime.block_on(accept(&listener, &shared, acceptor.as_ref(), end));
        drop((listener, shared, org));
        // What is held ends with the runtime, and with it the last way to the org.
        drop(runtime);
        let _ = thread.join();
    }

    /// As [`Running::run`], until a signal ends the process: an interrupt or a termination.
    ///
    /// # Errors
    ///
    /// If signals cannot be heard.
    pub fn run_until_signal(self) -> Result<(), ServeError> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let guard = self.runtime.enter();
            let mut terminate = signal(SignalKind::terminate())?;
            let mut interrupt = signal(SignalKind::interrupt())?;
            drop(guard);
            self.run(poll_fn(move |cx| {
                let ended = terminate.poll_recv(cx).is_ready() || interrupt.poll_recv(cx).is_ready();
                if ended { Poll::Ready(()) } else { Poll::Pending }
            }));
        }
        #[cfg(not(unix))]
        self.run(async {
            // If it cannot be heard, the process ends as it does by default.
            let _ = tokio::signal::ctrl_c().await;
        });
        Ok(())
    }

    /// A way to have the plan made again while the server runs.
    pub fn reloader(&self) -> Reloader {
        Reloader(self.org.clone())
    }
}

/// Has the plan made again, as `POST /omnic/v1/reload` does.
pub struct Reloader(OrgHandle);

impl Reloader {
    /// Has it made; `done` hears whether it routes otherwise. Once the server has ended nothing happens.
    pub fn reload(&self, done: impl FnOnce(Result<bool, String>) + Send + 'static) {
        self.0.tell(|org| done(org.reload().map_err(|error| error.message)));
    }
}

async fn accept(
    listener: &TcpListener,
    shared: &Arc<Shared>,
    acceptor: Option<&TlsAcceptor>,
    end: impl Future<Output = ()>,
) {
    let (stop, stopped) = watch::channel(false);
    // Each connection holds a clone: none is left when all have ended.
    let (alive, mut all_ended) = mpsc::channel::<()>(1);
    let connections = Arc::new(tokio::sync::Semaphore::new(shared.limits.connections));
    let mut end = pin!(end);
    loop {
        let next = poll_fn(|cx| match end.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => listener.poll_accept(cx).map(Some),
        });
        let socket = match next.await {
            None => break,
            Some(Ok((socket, _))) => socket,
            Some(Err(_)) => {
                // Mostly too many open files: some will close.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Ok(permit) = Arc::clone(&connections).try_acquire_owned() else { continue };
        let (shared, stopped, alive) = (Arc::clone(shared), stopped.clone(), alive.clone());
        let acceptor = acceptor.cloned();
        tokio::spawn(async move {
            connection(socket, acceptor, shared, stopped).await;
            drop((permit, alive));
        });
    }
    drop(alive);
    let _ = stop.send(true);
    // Connects that are held are answered: subscribers are to shake hands again.
    shared.org.tell(org::Org::say_farewell);
    let _ = tokio::time::timeout(FAREWELL, all_ended.recv()).await;
}

async fn connection(
    socket: TcpStream,
    acceptor: Option<TlsAcceptor>,
    shared: Arc<Shared>,
    stopped: watch::Receiver<bool>,
) {
    let _ = socket.set_nodelay(true);
    let limits = shared.limits;
    let socket_of = |socket| Patient::new(socket, limits.reading);
    let Some(acceptor) = acceptor else { return converse(socket_of(socket), service(shared), limits, stopped).await };
    let mut first = [0];
    match tokio::time::timeout(SLOWEST_HANDSHAKE, socket.peek(&mut first)).await {
        Ok(Ok(1)) if first == [plain::HANDSHAKE] => {
            // A client that breaks it off is its own affair: mostly it does not trust the certificate.
            let accepted = tokio::time::timeout(SLOWEST_HANDSHAKE, acceptor.accept(socket_of(socket))).await;
            if let Ok(Ok(secured)) = accepted {
                converse(secured, service(shared), limits, stopped).await;
            }
        }
        Ok(Ok(1)) => converse(socket_of(socket), hyper::service::service_fn(plain::refuse), limits, stopped).await,
        _ => {}
    }
}

/// Answers what comes over a connection until it ends, or the server does.
async fn converse<S, E>(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    service: S,
    limits: Limits,
    mut stopped: watch::Receiver<bool>,
) where
    S: hyper::service::Service<
            hyper::Request<Incoming>,
            Response = hyper::Response<Full<Bytes>>,
            Error = E,
            Future: Send,
        >,
    E: std::error::Error + Send + Sync + 'static,
{
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(LARGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let mut stop = pin!(stopped.wait_for(|stopped| *stopped));
    let mut is_ending = false;
    poll_fn(|cx| {
        if !is_ending && stop.as_mut().poll(cx).is_ready() {
            is_ending = true;
            connection.as_mut().graceful_shutdown();
        }
        // A client that breaks the connection or the protocol is its own affair.
        connection.as_mut().poll(cx).map(drop)
    })
    .await;
}
