//! Follows the values of a flow from where they are used to where they are written.

use super::super::FileId;
use super::value::{FlowIn, Found, Key, Unknown, Value, Values, Why, is};
use crate::metadata::{
    FlowActionCall, FlowElementReferenceOrValue, FlowFormula, FlowRecordFilter, FlowRecordLookup, FlowSubflow,
    FlowVariable, Name, RoutingAction, Scalar, TracedText,
};
use crate::source::Location;

/// Values are followed through at most this many resources; the longest way in a real flow has five.
const MOST_DEPTH: usize = 60;
/// At most this many resources and texts are looked at for one input.
const MOST_STEPS: usize = 2000;
/// Looking through this many assignments counts as a step.
const ITEMS_OF_STEP: usize = 64;

/// The other flows of a project.
pub(super) trait Others<'g> {
    /// The flow of this name.
    fn flow(&self, name: &str) -> Option<FlowIn<'g>>;
    /// Where the flow of this name is run by others.
    fn calls(&self, name: &str) -> &[(FlowIn<'g>, &'g FlowSubflow)];
}

/// No other flows: a flow by itself.
pub(super) struct Alone;

impl<'g> Others<'g> for Alone {
    fn flow(&self, _: &str) -> Option<FlowIn<'g>> {
        None
    }

    fn calls(&self, _: &str) -> &[(FlowIn<'g>, &'g FlowSubflow)] {
        &[]
    }
}

/// Follows values from where they are used to where they are written.
pub(super) struct Reader<'o, 'g> {
    others: &'o dyn Others<'g>,
    /// What is being followed: the file, the reference, and how many look-ups lie between it and the use.
    open: Vec<(FileId, &'g str, usize)>,
    lookups: usize,
    steps: usize,
}

impl<'o, 'g> Reader<'o, 'g> {
    pub(super) const fn new(others: &'o dyn Others<'g>) -> Self {
        Self { others, open: Vec::new(), lookups: 0, steps: 0 }
    }

    /// What a value may be.
    pub(super) fn value(&mut self, flow: FlowIn<'g>, value: &'g FlowElementReferenceOrValue) -> Values<'g> {
        if let Some(name) = value.setup_reference.spanned() {
            return Values::of(Value::Setup(&name.value, flow.at(name.span)));
        }
        if let Some(name) = value.element_reference.spanned() {
            return self.reference(flow, &name.value, flow.at(name.span));
        }
        if value.string_value.get().is_some() {
            return self.text(flow, &value.string_value);
        }
        match value.string_value.span() {
            Some(_) => Values::default(),
            None => Values::unknown(Why::Computed, flow.at(value.span)),
        }
    }

    /// What a text may be, in which a merge field may stand.
    fn text(&mut self, flow: FlowIn<'g>, text: &'g TracedText) -> Values<'g> {
        let Some(written) = text.spanned() else { return Values::default() };
        if let Some(field) = text.merge_field() {
            return self.reference(flow, field.value, flow.at(field.span));
        }
        let at = flow.at(written.span);
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return Values::unknown(Why::TooFar, at);
        }
        if written.value.contains("{!") {
            return Values::unknown(Why::Computed, at);
        }
        Values::of(Value::Text(&written.value, at))
    }

    /// What a resource may hold, or a field of it.
    pub(super) fn reference(&mut self, flow: FlowIn<'g>, name: &'g str, at: Location) -> Values<'g> {
        if name.starts_with('$') {
            let is_label = name.get(..7).is_some_and(|start| is(start, "$Label."));
            return Values::unknown(if is_label { Why::Label } else { Why::Global }, at);
        }
        if let Some((.., lookups)) = self.open.iter().find(|(file, open, _)| *file == flow.file && is(open, name)) {
            // What it holds is gathered already, unless it is looked up by what it holds itself.
            return if *lookups < self.lookups { Values::unknown(Why::TooFar, at) } else { Values::default() };
        }
        self.steps += 1;
        if self.open.len() >= MOST_DEPTH || self.steps > MOST_STEPS {
            return Values::unknown(Why::TooFar, at);
        }
        self.open.push((flow.file, name, self.lookups));
        let found = self.resource(flow, name, at);
        self.open.pop();
        found
    }

    fn resource(&mut self, flow: FlowIn<'g>, name: &'g str, at: Location) -> Values<'g> {
        let (base, path) = name.split_once('.').map_or((name, None), |(base, path)| (base, Some(path)));
        let named = |own: &Scalar<Name>| own.get().is_some_and(|own| is(own, base));
        let of = flow.flow;
        if let Some(variable) = of.variables.iter().find(|variable| named(&variable.name)) {
            return self.variable(flow, variable, path, at);
        }
        if let Some(constant) = of.constants.iter().find(|constant| named(&constant.name)) {
            return constant
                .value
                .as_ref()
                .map_or_else(|| Values::unknown(Why::Unset, at), |value| self.value(flow, value));
        }
        if let Some(formula) = of.formulas.iter().find(|formula| named(&formula.name)) {
            return self.formula(flow, formula, at);
        }
        if let Some(template) = of.templates.iter().find(|template| named(&template.name)) {
            let is_rich = template.text.get().is_some_and(|text| text.contains('<'));
            return if is_rich { Values::unknown(Why::Computed, at) } else { self.text(flow, &template.text) };
        }
        if let Some(lookup) = of.lookups.iter().find(|lookup| named(&lookup.name)) {
            return self.lookup(flow, lookup, path, at);
        }
        if let Some(each) = of.loops.iter().find(|each| named(&each.name)) {
            return self.items(flow, &each.collection, path, at);
        }
        if let Some(action) = of.actions.iter().find(|action| named(&action.name)) {
            return self.output(flow, action, at);
        }
        if let Some(subflow) = of.subflows.iter().find(|subflow| named(&subflow.name)) {
            return path.map_or_else(|| Values::unknown(Why::Element, at), |path| self.subflow(subflow, path, at));
        }
        Values::unknown(Why::Element, at)
    }

    /// A formula that is a text in quotes, or nothing but a merge field.
    fn formula(&mut self, flow: FlowIn<'g>, formula: &'g FlowFormula, at: Location) -> Values<'g> {
        let expression = &formula.expression;
        if let Some(field) = expression.merge_field() {
            return self.reference(flow, field.value, flow.at(field.span));
        }
        let text = expression.get().map_or("", |text| text);
        let literal = ['"', '\''].into_iter().find_map(|quote| {
            let inside = text.strip_prefix(quote)?.strip_suffix(quote)?;
            (!inside.contains(quote) && !inside.contains(['\\', '{'])).then_some(inside)
        });
        match literal {
            Some(inside) => Values::of(Value::Text(inside, flow.at(expression.span_of(1, 1 + inside.len())))),
            None => Values::unknown(Why::Computed, at),
        }
    }

    /// All that is ever put into a variable, or into a field of it.
    fn variable(
        &mut self,
        flow: FlowIn<'g>,
        variable: &'g FlowVariable,
        path: Option<&'g str>,
        at: Location,
    ) -> Values<'g> {
        let name = variable.name.get().map_or("", |name| name);
        let mut held = Values::default();
        match path {
            None => self.put_into(flow, variable, name, &mut held),
            Some(path) => {
                self.assigned(flow, variable, Some(path), &mut held);
                let whole = self.reference(flow, name, at);
                // A record that is put together here has the fields that are put into it, and no others.
                let others = whole.known.into_iter().filter(|value| !matches!(value, Value::Built(..)));
                others.for_each(|value| held.add(field_of(value, path, at)));
                let unset = |unknown: &Unknown| unknown.why == Why::Unset;
                held.unknown.extend(whole.unknown.into_iter().filter(|unknown| !unset(unknown)));
            }
        }
        if held.is_empty() {
            held.none(Why::Unset, at);
        }
        held
    }

    fn put_into(&mut self, flow: FlowIn<'g>, variable: &'g FlowVariable, name: &'g str, held: &mut Values<'g>) {
        let goes_here = |to: &Scalar<Name>| to.get().is_some_and(|to| is(to, name));
        if let Some(value) = &variable.value {
            held.add(self.value(flow, value));
        }
        self.assigned(flow, variable, None, held);
        let of = flow.flow;
        for lookup in &of.lookups {
            for output in lookup.outputs.iter().filter(|output| goes_here(&output.to)) {
                let field = output.field.get().map(|field| &**field);
                held.add(self.lookup(flow, lookup, field, flow.at(lookup.span)));
            }
            if goes_here(&lookup.to) {
                held.add(self.lookup(flow, lookup, None, flow.at(lookup.span)));
            }
        }
        for each in of.loops.iter().filter(|each| goes_here(&each.to)) {
            held.add(self.items(flow, &each.collection, None, flow.at(each.span)));
        }
        for action in &of.actions {
            if action.outputs.iter().any(|output| goes_here(&output.to)) {
                held.add(self.output(flow, action, flow.at(action.span)));
            } else if action.routing() == Some(RoutingAction::AddSkillRequirements) && extends(action, name) {
                held.put(Value::Adds(flow, action));
            }
        }
        for subflow in &of.subflows {
            for output in subflow.outputs.iter().filter(|output| goes_here(&output.to)) {
                let Some(name) = output.name.get() else { continue };
                held.add(self.subflow(subflow, name, flow.at(subflow.span)));
            }
        }
        let writers = [
            of.creates.iter().map(|writer| &writer.targets).collect::<Vec<_>>(),
            of.screens.iter().map(|writer| &writer.targets).collect(),
            of.waits.iter().map(|writer| &writer.targets).collect(),
            of.choices.iter().map(|writer| &writer.targets).collect(),
            of.plugins.iter().map(|writer| &writer.targets).collect(),
        ];
        let base = |target: &str| is(target.split('.').next().unwrap_or(target), name);
        if writers.iter().flatten().flat_map(|targets| targets.iter()).any(|target| base(target)) {
            held.none(Why::Outside, flow.at(variable.span));
        }
        if variable.is_input.is_true() {
            self.given(flow, name, held);
            held.none(Why::Input, flow.at(variable.span));
        }
    }

    /// What the flows of the project that run this one give for an input of it.
    fn given(&mut self, flow: FlowIn<'g>, input: &str, held: &mut Values<'g>) {
        let calls: Vec<_> = self.others.calls(flow.name).to_vec();
        for (caller, subflow) in calls {
            let given = subflow.inputs.iter().filter(|given| given.name.get().is_some_and(|name| is(name, input)));
            for value in given.filter_map(|given| given.value.as_ref()) {
                held.add(self.value(caller, value));
            }
        }
    }

    /// What assignments put into a variable, or into a field of it.
    fn assigned(&mut self, flow: FlowIn<'g>, variable: &'g FlowVariable, path: Option<&str>, held: &mut Values<'g>) {
        let name = variable.name.get().map_or("", |name| name);
        let mut is_built = false;
        let items = flow.flow.assignments.iter().flat_map(|assignment| &assignment.items);
        self.steps += items.clone().count() / ITEMS_OF_STEP;
        for item in items {
            if self.steps > MOST_STEPS {
                held.none(Why::TooFar, flow.at(variable.span));
                break;
            }
            let Some(to) = item.to.get() else { continue };
            let (base, field) = to.split_once('.').map_or((&**to, None), |(base, field)| (base, Some(field)));
            if !is(base, name) {
                continue;
            }
            is_built |= field.is_some() && path.is_none();
            let is_it = match (field, path) {
                (None, None) => true,
                (Some(field), Some(path)) => is(field, path),
                _ => false,
            };
            if !is_it {
                continue;
            }
            let operator = item.operator.get().map_or("Assign", |operator| operator);
            let adds = matches!(operator, "Add" | "AddAtStart") && variable.is_collection.is_true();
            match &item.value {
                Some(value) if operator == "Assign" || adds => held.add(self.value(flow, value)),
                _ if operator.starts_with("Remove") => {}
                None if operator == "Assign" => {}
                _ => held.none(Why::Computed, flow.at(item.span)),
            }
        }
        if is_built && !variable.is_collection.is_true() {
            held.put(Value::Built(flow, name));
        }
    }

    /// The items of a collection, or a field of them.
    fn items(
        &mut self,
        flow: FlowIn<'g>,
        collection: &'g Scalar<Name>,
        path: Option<&'g str>,
        at: Location,
    ) -> Values<'g> {
        let Some(collection) = collection.spanned() else { return Values::unknown(Why::Element, at) };
        let items = self.reference(flow, &collection.value, flow.at(collection.span));
        let Some(path) = path else { return items };
        let mut fields = Values { known: Vec::new(), unknown: items.unknown };
        for item in items.known {
            match item {
                Value::Built(flow, variable) => fields.add(self.built(flow, variable, path, at)),
                other => fields.add(field_of(other, path, at)),
            }
        }
        fields
    }

    /// A field of a record that is put together in a variable.
    pub(super) fn built(&mut self, flow: FlowIn<'g>, variable: &str, path: &'g str, at: Location) -> Values<'g> {
        let mut held = Values::default();
        let own = |known: &&FlowVariable| known.name.get().is_some_and(|name| is(name, variable));
        if let Some(variable) = flow.flow.variables.iter().find(own) {
            self.assigned(flow, variable, Some(path), &mut held);
        }
        if held.is_empty() {
            held.none(Why::Unset, at);
        }
        held
    }

    /// What an action gives.
    fn output(&mut self, flow: FlowIn<'g>, action: &'g FlowActionCall, at: Location) -> Values<'g> {
        if action.routing() != Some(RoutingAction::AddSkillRequirements) {
            return Values::unknown(Why::Action, at);
        }
        let mut given = Values::of(Value::Adds(flow, action));
        if let Some(extended) = action.input(RESOURCE).filter(|_| action.is_given(RESOURCE)) {
            given.add(self.value(flow, extended));
            // A list that nothing was added to before is empty.
            given.unknown.retain(|unknown| unknown.why != Why::Unset);
        }
        given
    }

    /// An output of a flow that is run.
    fn subflow(&mut self, subflow: &'g FlowSubflow, output: &'g str, at: Location) -> Values<'g> {
        let flow = subflow.flow.get().and_then(|name| self.others.flow(name));
        let Some(flow) = flow else { return Values::unknown(Why::Subflow, at) };
        let (base, _) = output.split_once('.').unwrap_or((output, ""));
        let has_it = |variable: &FlowVariable| variable.name.get().is_some_and(|name| is(name, base));
        if flow.flow.variables.iter().any(has_it) {
            self.reference(flow, output, at)
        } else {
            Values::unknown(Why::Subflow, at)
        }
    }

    /// The records that are looked up, or a field of them.
    fn lookup(
        &mut self,
        flow: FlowIn<'g>,
        lookup: &'g FlowRecordLookup,
        path: Option<&'g str>,
        at: Location,
    ) -> Values<'g> {
        let Some(object) = lookup.object.get() else { return Values::unknown(Why::LookUp, at) };
        let Some(filters) = deciding(lookup) else { return Values::unknown(Why::LookUp, at) };
        self.lookups += 1;
        let mut found = Values::default();
        for (key, filter) in filters {
            let Some(value) = &filter.value else {
                found.none(Why::LookUp, at);
                continue;
            };
            let values = self.value(flow, value);
            values.unknown.iter().for_each(|unknown| found.none(unknown.why, unknown.at));
            for value in values.known {
                match value {
                    Value::Text(text, at) => {
                        found.put(Value::Found(Found { object, field: key, text, at, lookup }));
                    }
                    Value::Found(_) if key == Key::Id => found.put(value),
                    _ => found.none(Why::LookUp, at),
                }
            }
        }
        self.lookups -= 1;
        let Some(path) = path else { return found };
        let mut fields = Values { known: Vec::new(), unknown: found.unknown };
        found.known.into_iter().for_each(|value| fields.add(field_of(value, path, at)));
        fields
    }
}

/// The input, and the output, that holds the skills asked for.
pub(super) const RESOURCE: &str = "skillRequirementsResourceItem";

/// True if an action extends the collection of this name, and says nowhere where the result goes.
fn extends(action: &FlowActionCall, name: &str) -> bool {
    let extended = action.input(RESOURCE).and_then(|value| value.element_reference.get());
    action.outputs.is_empty() && extended.is_some_and(|extended| is(extended, name))
}

/// A field of a record that is looked up.
fn field_of<'g>(value: Value<'g>, path: &str, at: Location) -> Values<'g> {
    let Value::Found(found) = value else { return Values::unknown(Why::Field, at) };
    let is_id = if is(found.object, "QueueSobject") { is(path, "QueueId") } else { is(path, "Id") };
    if is_id {
        return Values::of(value);
    }
    match Key::of(found.object, path) {
        Some(key) if key == found.field => Values::of(Value::Text(found.text, found.at)),
        Some(_) => Values::unknown(Why::NotItsId, at),
        None if is(found.object, "QueueSobject") && is(path, "Id") => Values::unknown(Why::NotItsId, at),
        None => Values::unknown(Why::Field, at),
    }
}

/// The filters of a look-up that say which record is found: the best of those that must hold, or all of which any may.
/// None if others do.
pub(super) fn deciding(lookup: &FlowRecordLookup) -> Option<Vec<(Key, &FlowRecordFilter)>> {
    let object = lookup.object.get()?;
    let key = |filter: &FlowRecordFilter| {
        let is_equal = filter.operator.get().is_some_and(|operator| matches!(&**operator, "EqualTo" | "In"));
        filter.field.get().filter(|_| is_equal).and_then(|field| Key::of(object, field))
    };
    let keyed: Vec<_> = lookup.filters.iter().filter_map(|filter| Some((key(filter)?, filter))).collect();
    let logic = lookup.logic.get().map_or("and", |logic| logic).to_ascii_lowercase();
    let words = || logic.split(|c: char| !c.is_ascii_alphabetic());
    if words().any(|word| word == "not") || (words().any(|word| word == "or") && words().any(|word| word == "and")) {
        return None;
    }
    if words().any(|word| word == "or") {
        return (keyed.len() == lookup.filters.len() && !keyed.is_empty()).then_some(keyed);
    }
    keyed.into_iter().min_by_key(|(key, _)| *key).map(|best| vec![best])
}

/// The kind of group that a look-up on `Group` asks for, if it says one: `Queue`, `Regular` and others.
pub(super) fn group_type(lookup: &FlowRecordLookup) -> Option<&str> {
    let of_type = lookup.filters.iter().find(|filter| filter.field.get().is_some_and(|field| is(field, "Type")))?;
    let is_equal = of_type.operator.get().is_some_and(|operator| &**operator == "EqualTo");
    of_type.value.as_ref().filter(|_| is_equal)?.string_value.get().map(|text| &**text)
}
