//! Signals that end the process wait until a file is written: what is killed in the middle leaves a temporary file behind.

#[cfg(unix)]
pub(super) use unix::hold;

/// Elsewhere nothing can be held.
#[cfg(not(unix))]
pub(super) struct Held;

#[cfg(not(unix))]
pub(super) fn hold() -> Held {
    Held
}

#[cfg(unix)]
mod unix {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, LazyLock};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::{flag, low_level};

    /// What the handlers and we tell each other.
    #[derive(Default)]
    struct State {
        /// A signal does what it does by default.
        is_deadly: Arc<AtomicBool>,
        /// The signal that came while it was not; 0 for none.
        caught: Arc<AtomicUsize>,
    }

    /// The handlers, from the first file on. If they cannot be set, signals are as deadly as before.
    static STATE: LazyLock<State> = LazyLock::new(|| {
        let state = State::default();
        state.is_deadly.store(true, Ordering::SeqCst);
        for signal in [SIGHUP, SIGINT, SIGTERM] {
            // In this order: the second signal is deadly, should writing not come to an end.
            let _ = flag::register_conditional_default(signal, Arc::clone(&state.is_deadly));
            let _ = flag::register(signal, Arc::clone(&state.is_deadly));
            let number = usize::try_from(signal).unwrap_or(0);
            let _ = flag::register_usize(signal, Arc::clone(&state.caught), number);
        }
        state
    });

    /// While this lives, signals wait.
    pub(in super::super) struct Held;

    /// Holds signals back until the value is dropped. Files are written one at a time.
    pub(in super::super) fn hold() -> Held {
        STATE.is_deadly.store(false, Ordering::SeqCst);
        Held
    }

    impl Drop for Held {
        fn drop(&mut self) {
            STATE.is_deadly.store(true, Ordering::SeqCst);
            let caught = STATE.caught.swap(0, Ordering::SeqCst);
            if let Some(signal) = i32::try_from(caught).ok().filter(|signal| *signal > 0) {
                let _ = low_level::emulate_default_handler(signal);
            }
        }
    }
}
