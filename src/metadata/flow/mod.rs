//! Flows: the actions by which they hand work to Omni-Channel, and where the data of these comes from.

#[macro_use]
mod written;
mod requirement;

pub use requirement::{MOST_SKILLS, Requirement, Requirements};
pub(crate) use written::merge_field;
pub use written::{TracedText, Writer};

use super::decode::{Name, Scalar, Spanned};

elements! {
    /// A flow's part in Omni-Channel. Of its data only what is read in flows that have to do with Omni-Channel, and in
    /// those that run others.
    pub struct Flow {
        /// The name people see.
        label: Scalar<Name> = "label",
        /// `RoutingFlow` for an Omni-Channel flow.
        process_type: Scalar<Name> = "processType",
        /// `Active`, `Draft`, `Obsolete`.
        status: Scalar<Name> = "status",
        /// Its actions, of any kind.
        actions: Vec<FlowActionCall> = "actionCalls",
        /// What gives variables values.
        assignments: Vec<FlowAssignment> = "assignments",
        /// Its constants.
        constants: Vec<FlowConstant> = "constants",
        /// Its formulas.
        formulas: Vec<FlowFormula> = "formulas",
        /// Its loops.
        loops: Vec<FlowLoop> = "loops",
        /// The records that it looks up.
        lookups: Vec<FlowRecordLookup> = "recordLookups",
        /// The flows that it runs.
        subflows: Vec<FlowSubflow> = "subflows",
        /// Its text templates.
        templates: Vec<FlowTextTemplate> = "textTemplates",
        /// Its variables.
        variables: Vec<FlowVariable> = "variables",
        /// The records that it creates.
        creates: Vec<Writer<RecordCreate>> = "recordCreates",
        /// Its screens.
        screens: Vec<Writer<Screen>> = "screens",
        /// What it waits for.
        waits: Vec<Writer<Wait>> = "waits",
        /// Its choices that are records.
        choices: Vec<Writer<DynamicChoiceSet>> = "dynamicChoiceSets",
        /// Its calls of Apex plug-ins.
        plugins: Vec<Writer<ApexPluginCall>> = "apexPluginCalls",
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
        /// The variables that get what it gives.
        outputs: Vec<FlowActionCallOutputParameter> = "outputParameters",
        /// Its version, such as `2.0.0`.
        version: Scalar<Name> = "versionString",
    }

    /// An input of an action.
    pub struct FlowActionCallInputParameter {
        /// Its name.
        name: Scalar<Name> = "name",
        /// Its value; flows list inputs without one, too.
        value: Option<FlowElementReferenceOrValue> = "value",
    }

    /// An output of an action.
    pub struct FlowActionCallOutputParameter {
        /// The variable that gets it.
        to: Scalar<Name> = "assignToReference",
        /// Its name.
        name: Scalar<Name> = "name",
    }

    /// A value, or where in the flow it comes from.
    pub struct FlowElementReferenceOrValue {
        /// A text.
        string_value: TracedText = "stringValue",
        /// `true` or `false`.
        boolean_value: Scalar<bool> = "booleanValue",
        /// A resource of the flow.
        element_reference: Scalar<Name> = "elementReference",
        /// The developer name of a setup record.
        setup_reference: Scalar<Name> = "setupReference",
        /// Its type.
        setup_reference_type: Scalar<Name> = "setupReferenceType",
    }

    /// An element that gives variables values.
    pub struct FlowAssignment {
        /// The element's name in the flow.
        name: Scalar<Name> = "name",
        /// One variable each.
        items: Vec<FlowAssignmentItem> = "assignmentItems",
    }

    /// A variable and what it gets.
    pub struct FlowAssignmentItem {
        /// The variable, or a field of a record: `Requirement.SkillId`.
        to: Scalar<Name> = "assignToReference",
        /// `Assign`, `Add` and others.
        operator: Scalar<Name> = "operator",
        /// The value.
        value: Option<FlowElementReferenceOrValue> = "value",
    }

    /// A constant.
    pub struct FlowConstant {
        /// Its name.
        name: Scalar<Name> = "name",
        /// Its value.
        value: Option<FlowElementReferenceOrValue> = "value",
    }

    /// A formula.
    pub struct FlowFormula {
        /// Its name.
        name: Scalar<Name> = "name",
        /// Its expression.
        expression: TracedText = "expression",
    }

    /// An element that goes through a collection.
    pub struct FlowLoop {
        /// The element's name in the flow.
        name: Scalar<Name> = "name",
        /// The collection.
        collection: Scalar<Name> = "collectionReference",
        /// The variable that gets each item.
        to: Scalar<Name> = "assignNextValueToReference",
    }

    /// An element that looks records up.
    pub struct FlowRecordLookup {
        /// The element's name in the flow.
        name: Scalar<Name> = "name",
        /// The object of the records.
        object: Scalar<Name> = "object",
        /// `and`, `or`, or how the filters go together by their numbers.
        logic: Scalar<Name> = "filterLogic",
        /// Which records are wanted.
        filters: Vec<FlowRecordFilter> = "filters",
        /// The variables that get fields.
        outputs: Vec<FlowOutputFieldAssignment> = "outputAssignments",
        /// The variable that gets the record, or all of them.
        to: Scalar<Name> = "outputReference",
    }

    /// A condition of a look-up.
    pub struct FlowRecordFilter {
        /// The field.
        field: Scalar<Name> = "field",
        /// `EqualTo` and others.
        operator: Scalar<Name> = "operator",
        /// What the field is compared with.
        value: Option<FlowElementReferenceOrValue> = "value",
    }

    /// A variable that gets a field of the record that is found.
    pub struct FlowOutputFieldAssignment {
        /// The variable.
        to: Scalar<Name> = "assignToReference",
        /// The field.
        field: Scalar<Name> = "field",
    }

    /// An element that runs another flow.
    pub struct FlowSubflow {
        /// The element's name in the flow.
        name: Scalar<Name> = "name",
        /// The flow that runs.
        flow: Scalar<Name> = "flowName",
        /// What its inputs get.
        inputs: Vec<FlowSubflowInputAssignment> = "inputAssignments",
        /// The variables that get its outputs.
        outputs: Vec<FlowSubflowOutputAssignment> = "outputAssignments",
    }

    /// What an input of another flow gets.
    pub struct FlowSubflowInputAssignment {
        /// The input.
        name: Scalar<Name> = "name",
        /// The value.
        value: Option<FlowElementReferenceOrValue> = "value",
    }

    /// A variable that gets an output of another flow.
    pub struct FlowSubflowOutputAssignment {
        /// The variable.
        to: Scalar<Name> = "assignToReference",
        /// The output.
        name: Scalar<Name> = "name",
    }

    /// A text with places to fill in.
    pub struct FlowTextTemplate {
        /// Its name.
        name: Scalar<Name> = "name",
        /// The text.
        text: TracedText = "text",
    }

    /// A variable.
    pub struct FlowVariable {
        /// Its name.
        name: Scalar<Name> = "name",
        /// Whether it holds several values.
        is_collection: Scalar<bool> = "isCollection",
        /// Whether whoever runs the flow may set it.
        is_input: Scalar<bool> = "isInput",
        /// The object, of a variable for records.
        object: Scalar<Name> = "objectType",
        /// What it holds at first.
        value: Option<FlowElementReferenceOrValue> = "value",
    }
}

writers! {
    /// An element that creates records.
    RecordCreate = "FlowRecordCreate",
    /// A screen.
    Screen = "FlowScreen",
    /// An element that waits.
    Wait = "FlowWait",
    /// Choices that are records.
    DynamicChoiceSet = "FlowDynamicChoiceSet",
    /// A call of an Apex plug-in.
    ApexPluginCall = "FlowApexPluginCall",
}

/// The actions that have to do with routing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoutingAction {
    /// Route Work: hands work to Omni-Channel.
    RouteWork,
    /// Add Skill Requirements: extends the skills that a later action asks for.
    AddSkillRequirements,
    /// Check Availability for Routing: asks whether anybody could take the work.
    CheckAvailability,
}

impl RoutingAction {
    /// All of them, each with its type in files.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::RouteWork, "routeWork"),
        (Self::AddSkillRequirements, "addSkillRequirements"),
        (Self::CheckAvailability, "checkAvailabilityForRouting"),
    ];

    /// What people call such an action.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::RouteWork => "route-work action",
            Self::AddSkillRequirements => "skill-requirements action",
            Self::CheckAvailability => "availability action",
        }
    }
}

impl Flow {
    /// True if the file says that this version of the flow runs.
    pub fn is_active(&self) -> bool {
        self.status.get().is_some_and(|status| &**status == "Active")
    }

    /// The actions that hand work to Omni-Channel. Their type is `routeWork` in every real flow seen.
    pub fn route_works(&self) -> impl Iterator<Item = &FlowActionCall> {
        self.actions.iter().filter(|action| action.routing() == Some(RoutingAction::RouteWork))
    }

    /// The actions that have to do with routing, each with what it is.
    pub fn routing_actions(&self) -> impl Iterator<Item = (RoutingAction, &FlowActionCall)> {
        self.actions.iter().filter_map(|action| Some((action.routing()?, action)))
    }
}

impl FlowActionCall {
    /// What it has to do with routing, if anything.
    pub fn routing(&self) -> Option<RoutingAction> {
        let kind = self.action_type.get()?;
        RoutingAction::ALL.into_iter().find(|(_, name)| **kind == **name).map(|(action, _)| action)
    }

    /// The value of the input with this name, if it has one.
    pub fn input(&self, name: &str) -> Option<&FlowElementReferenceOrValue> {
        let input = self.inputs.iter().find(|input| input.name.get().is_some_and(|found| &**found == name))?;
        input.value.as_ref()
    }

    /// The text given for the input with this name.
    pub fn text(&self, name: &str) -> Option<&Spanned<Name>> {
        self.input(name)?.string_value.spanned()
    }

    /// True if the input with this name has a value, or says where in the flow it comes from. Inputs without a value, and
    /// with an empty one, are as good as not there (seen in real projects).
    pub fn is_given(&self, name: &str) -> bool {
        let is_empty = |value: &FlowElementReferenceOrValue| {
            let texts = [&*value.string_value, &value.element_reference, &value.setup_reference];
            texts.iter().any(|text| matches!(text, Scalar::Empty(_) | Scalar::Nil(_)))
        };
        self.input(name).is_some_and(|value| !is_empty(value))
    }
}
