//! Where work enters: flows' route-work actions, messaging channels.

use super::decode::{Name, Scalar};

elements! {
    /// A flow's part in Omni-Channel.
    pub struct Flow {
        /// The name people see.
        label: Scalar<Name> = "label",
        /// `RoutingFlow` for an Omni-Channel flow.
        process_type: Scalar<Name> = "processType",
        /// `Active`, `Draft`, `Obsolete`.
        status: Scalar<Name> = "status",
        /// Its actions, of any kind.
        actions: Vec<FlowActionCall> = "actionCalls",
    }

    /// An action of a flow.
    pub struct FlowActionCall {
        /// The element's name in the flow.
        name: Scalar<Name> = "name",
        /// What is called.
        action_name: Scalar<Name> = "actionName",
        /// What kind of thing is called.
        action_type: Scalar<Name> = "actionType",
        /// The inputs.
        inputs: Vec<FlowActionCallInputParameter> = "inputParameters",
    }

    /// An input of an action.
    pub struct FlowActionCallInputParameter {
        /// Its name.
        name: Scalar<Name> = "name",
        /// Its value; flows list inputs without one, too.
        value: Option<FlowElementReferenceOrValue> = "value",
    }

    /// A value, or where in the flow it comes from.
    pub struct FlowElementReferenceOrValue {
        /// A text.
        string_value: Scalar<Name> = "stringValue",
        /// `true` or `false`.
        boolean_value: Scalar<bool> = "booleanValue",
        /// A resource of the flow.
        element_reference: Scalar<Name> = "elementReference",
        /// The developer name of a setup record.
        setup_reference: Scalar<Name> = "setupReference",
        /// Its type.
        setup_reference_type: Scalar<Name> = "setupReferenceType",
    }

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

impl Flow {
    /// True if this version of the flow runs.
    pub fn is_active(&self) -> bool {
        self.status.get().is_some_and(|status| &**status == "Active")
    }

    /// The actions that hand work to Omni-Channel. Their type is `routeWork` in every real flow seen.
    pub fn route_works(&self) -> impl Iterator<Item = &FlowActionCall> {
        self.actions.iter().filter(|action| action.action_type.get().is_some_and(|kind| &**kind == "routeWork"))
    }
}

impl FlowActionCall {
    /// The value of the input with this name, if it has one.
    pub fn input(&self, name: &str) -> Option<&FlowElementReferenceOrValue> {
        let input = self.inputs.iter().find(|input| input.name.get().is_some_and(|found| &**found == name))?;
        input.value.as_ref()
    }

    /// The text given for the input with this name.
    pub fn text(&self, name: &str) -> Option<&super::Spanned<Name>> {
        self.input(name)?.string_value.spanned()
    }

    /// True if the input with this name has a value, or says where in the flow it comes from. Inputs without a value, and
    /// with an empty one, are as good as not there (seen in real projects).
    pub fn is_given(&self, name: &str) -> bool {
        let is_empty = |value: &FlowElementReferenceOrValue| {
            let texts = [&value.string_value, &value.element_reference, &value.setup_reference];
            texts.iter().any(|text| matches!(text, Scalar::Empty(_) | Scalar::Nil(_)))
        };
        self.input(name).is_some_and(|value| !is_empty(value))
    }
}
