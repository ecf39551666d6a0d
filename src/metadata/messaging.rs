//! Messaging channels.

use super::decode::{Name, Scalar};

elements! {
    /// A messaging channel's part in Omni-Channel.
    pub struct MessagingChannel {
        /// The name people see.
        master_label: Scalar<Name> = "masterLabel",
        /// What kind of channel.
        messaging_channel_type: Scalar<Name> = "messagingChannelType",
        /// Who takes a new session: `Queue`, `Flow`, `User` or `AgentforceServiceAgent`.
        session_handler_type: Scalar<Name> = "sessionHandlerType",
        /// The queue, or the fallback queue.
        session_handler_queue: Scalar<Name> = "sessionHandlerQueue",
        /// The flow.
        session_handler_flow: Scalar<Name> = "sessionHandlerFlow",
        /// The user.
        session_handler_user: Scalar<Name> = "sessionHandlerUser",
        /// The agent.
        session_handler_asa: Scalar<Name> = "sessionHandlerAsa",
        /// The routing configuration.
        queue_routing_config: Scalar<Name> = "queueRoutingConfig",
    }
}
