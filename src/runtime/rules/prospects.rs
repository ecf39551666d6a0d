//! Who could be offered work at some time: by the plan, and by what events have said of the agents, whatever happens now.

use std::collections::BTreeMap;

use super::basis::Rules;
use super::routing::{Planned, Request, Routing};
use crate::plan::{CapacityType, Cost, SkillLevel, Units};
use crate::runtime::book::{Agent, Need, cost_of};
use crate::runtime::contract::records::{RoutingModel, RoutingType};
use crate::runtime::contract::{
    Among, CanTake, Census, Name, Never, NotKnown, Pool, Prospect, Prospects, Refusal, Room, RoutedWork, SkillNeed,
    What, WorkAsked, WorkTerms,
};
use crate::runtime::directory::planned;
use crate::runtime::numbers::{AgentIx, ChannelIx, QueueIx, StatusIx};

/// What is the same for all agents.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Terms<'r> {
    channel: ChannelIx,
    queue: Option<QueueIx>,
    by_skills: bool,
    needs: &'r [Need],
    lets_go: bool,
    statuses: Vec<StatusIx>,
    cost: Cost,
    pool: Pool,
    /// False if it is not known which of the two capacities is charged.
    is_pool_known: bool,
    free: Option<Units>,
    /// True if anybody's skills are known, so that it is known who has none.
    knows_skills: bool,
}

/// Some capacity.
const WHOLE: Units = Units(10_000);

impl Rules<'_> {
    pub(in crate::runtime) fn prospects(self, asked: &WorkAsked, among: Among<'_>) -> Result<Prospects, Refusal> {
        let none = BTreeMap::new();
        let fields = asked.fields.as_ref().unwrap_or(&none);
        let request =
            Request { object: &asked.object, channel: None, fields, target_accept: None, custom_requested: None };
        let route = self.followed(&asked.route)?;
        if let Among::Only(user) = among {
            self.book.find_agent(user)?;
        }
        let routing = match self.plan_route(&request, &route)? {
            Planned::Leave { queue, reason } => {
                return Ok(Prospects::Left { queue: self.plan.queues[queue.at()].name.clone(), reason });
            }
            // A limit that is reached now is not reached always.
            Planned::Overflow { .. } => return Err(Refusal::NoServiceChannel { object: asked.object.clone() }),
            Planned::Route(routing) => routing,
        };
        let configuration = routing.terms.config.map(|config| self.plan.configs[config.at()].name.clone());
        if routing.terms.model == Some(RoutingModel::ExternalRouting) {
            return Ok(Prospects::External { routing_configuration: configuration });
        }
        let needs = self.needs_of(&routing, asked, fields)?;
        let status = asked.status.as_ref().map(|name| self.plan.status_names.find(name)).transpose()?;
        let knows_skills = match among {
            Among::Census(census) => census.knows_skills,
            Among::Everybody | Among::Only(_) => self.knows_skills(),
        };
        let terms = Terms { knows_skills, ..self.terms_of(&routing, &needs, status, asked.free) };
        let reps = self.reached(&routing, terms.by_skills, among);
        let mut agents: Vec<Prospect> = reps.into_iter().map(|agent| self.prospect(agent, &terms)).collect();
        agents.sort_by(|a, b| a.user.cmp(&b.user));
        let statuses = terms.statuses.iter().map(|status| self.plan.statuses[status.at()].name.clone()).collect();
        Ok(Prospects::Routed(RoutedWork {
            routing_configuration: configuration,
            channel: self.plan.channels[routing.channel.at()].name.clone(),
            statuses,
            by_skills: terms.by_skills,
            needs: needs.iter().map(|need| self.need_in_words(need)).collect(),
            lets_go_after: routing.drop_timeout,
            agents,
            terms: self.terms_in_words(&routing),
            most_open_items: self.book.state().options.max_open_items,
        }))
    }

    pub(in crate::runtime) fn census(self) -> Census {
        let mut census =
            Census { members: vec![Vec::new(); self.plan.queues.len()], workers: Vec::new(), knows_skills: false };
        for (number, known) in self.book.state().agents.iter().enumerate() {
            let agent = planned(number);
            let works = known.presence.is_some()
                || !known.queues.is_empty()
                || !known.skills.is_empty()
                || !known.dated.is_empty();
            census.workers.extend(works.then_some(agent));
            census.knows_skills |= !known.skills.is_empty() || !known.dated.is_empty();
            for queue in &known.queues {
                census.members[queue.at()].push(agent);
            }
        }
        census
    }

    fn terms_in_words(self, routing: &Routing<'_>) -> WorkTerms {
        let terms = &routing.terms;
        let config = terms.config.map(|config| &self.plan.configs[config.at()]);
        WorkTerms {
            queue: terms.queue.map(|queue| self.plan.queues[queue.at()].name.clone()),
            model: terms.model,
            priority: terms.priority,
            secondary_priority: terms.secondary,
            pool: terms.pool,
            cost: terms.cost,
            paused_cost: terms.paused_cost,
            push_timeout_seconds: terms.push_timeout,
            overflow: config.and_then(|config| config.overflow.clone()),
        }
    }

    fn prospect(self, agent: AgentIx, terms: &Terms<'_>) -> Prospect {
        let governing = self.presence_of(agent);
        let presence = &self.plan.presences[governing.at()];
        let capacity = presence.capacity[terms.pool.at()];
        let is_known = presence.is_capacity_known && terms.is_pool_known;
        let cost = cost_of(terms.cost, capacity);
        Prospect {
            user: self.book.agent_name(agent),
            answer: self.can_take(agent, terms),
            presence_configuration: presence.name.clone(),
            room: is_known.then_some(Room { capacity, cost }),
        }
    }

    fn needs_of(
        self,
        routing: &Routing<'_>,
        asked: &WorkAsked,
        fields: &BTreeMap<Name, Name>,
    ) -> Result<Vec<Need>, Refusal> {
        let given = routing.given.iter().chain(&asked.skills);
        let given: Vec<Need> = given.map(|need| self.known_need(need)).collect::<Result<_, Refusal>>()?;
        let Some(config) = routing.by_skills else {
            let mut needs = BTreeMap::new();
            for need in given {
                super::skills::merge(&mut needs, need);
            }
            return Ok(needs.into_values().collect());
        };
        let rules = routing.rules && asked.fields.is_some();
        Ok(self.needs(&self.plan.configs[config.at()], &asked.object, fields, rules, &given))
    }

    /// A skill that is asked for, if anything of the plan has one of that name.
    fn known_need(self, need: &SkillNeed) -> Result<Need, Refusal> {
        let level = super::skills::check_level(need.skill_level)?;
        let unknown = || Refusal::Unknown { what: What::Skill, name: need.skill_id.clone() };
        let skill = self.book.index().skills.get(&need.skill_id).copied().ok_or_else(unknown)?;
        let priority = need.skill_priority;
        Ok(Need { skill, level, additional: need.is_additional_skill, priority, dropped: false, deleted: false })
    }

    fn need_in_words(self, need: &Need) -> SkillNeed {
        SkillNeed {
            skill_id: self.book.skill_name(need.skill),
            skill_level: need.level,
            is_additional_skill: need.additional,
            skill_priority: need.priority,
        }
    }

    fn terms_of<'n>(
        self,
        routing: &Routing<'_>,
        needs: &'n [Need],
        status: Option<StatusIx>,
        free: Option<Units>,
    ) -> Terms<'n> {
        let channel = routing.channel;
        let offers = |&number: &usize| self.plan.statuses[number].channels.contains(&channel);
        let statuses = (0..self.plan.statuses.len()).filter(offers).map(|number| StatusIx::from(number as u32));
        let inherits = routing
            .terms
            .config
            .is_none_or(|config| self.plan.configs[config.at()].capacity_type == CapacityType::Inherited);
        Terms {
            channel,
            queue: routing.terms.queue,
            by_skills: routing.terms.routing_type == Some(RoutingType::SkillsBased),
            needs,
            lets_go: routing.drop_timeout.is_some(),
            statuses: statuses.filter(|offering| status.is_none_or(|only| only == *offering)).collect(),
            cost: routing.terms.cost,
            pool: routing.terms.pool,
            is_pool_known: !(inherits && self.plan.channels[channel.at()].is_outside),
            free,
            knows_skills: false,
        }
    }

    fn reached(self, routing: &Routing<'_>, by_skills: bool, among: Among<'_>) -> Vec<AgentIx> {
        let own;
        let census = match among {
            Among::Only(user) => return self.book.agent_number(user).into_iter().collect(),
            Among::Census(census) => census,
            Among::Everybody => {
                own = self.census();
                &own
            }
        };
        let mut agents = match routing.terms.queue {
            Some(queue) if !by_skills => census.members.get(queue.at()).cloned().unwrap_or_default(),
            _ => census.workers.clone(),
        };
        if let Some(preferred) = routing.terms.preferred {
            if routing.terms.required || routing.terms.queue.is_none() {
                agents.clear();
            }
            agents.extend((!agents.contains(&preferred)).then_some(preferred));
        }
        agents
    }

    /// The first condition that fails, else the first that is not known.
    fn can_take(self, agent: AgentIx, terms: &Terms<'_>) -> CanTake {
        let known = self.book.agent(agent);
        if !known.is_active {
            return CanTake::No(Never::Inactive {});
        }
        let outsider = terms.queue.filter(|queue| !terms.by_skills && known.queues.binary_search(queue).is_err());
        if let Some(queue) = outsider {
            return CanTake::No(Never::NotMember { queue: self.plan.queues[queue.at()].name.clone() });
        }
        let mut doubt = None;
        let mut late = false;
        for need in terms.needs {
            match self.meets(known, need, terms.knows_skills) {
                CanTake::Yes { .. } => {}
                _ if need.additional && terms.lets_go => late = true,
                CanTake::No(never) => return CanTake::No(never),
                CanTake::Unknown(why) => doubt = doubt.or(Some(why)),
            }
        }
        match self.may_choose(known, terms) {
            Err(never) => return CanTake::No(never),
            Ok(why) => doubt = doubt.or(why),
        }
        match self.never_fits(agent, terms) {
            Err(never) => CanTake::No(never),
            Ok(why) => doubt.or(why).map_or(CanTake::Yes { late }, CanTake::Unknown),
        }
    }

    /// Whether an agent has a skill at some time, whatever the dates of the assignments.
    fn meets(self, known: &Agent, need: &Need, knows_skills: bool) -> CanTake {
        let skill = || self.book.skill_name(need.skill);
        let now = known.skills.iter().filter(|(held, _)| *held == need.skill).map(|(_, level)| *level);
        let dated = known.dated.iter().filter(|held| held.skill == need.skill).map(|held| held.level);
        let levels: Vec<Option<SkillLevel>> = now.chain(dated).collect();
        if levels.is_empty() {
            return if knows_skills {
                CanTake::No(Never::LacksSkill { skill: skill() })
            } else {
                CanTake::Unknown(NotKnown::Skill { skill: skill() })
            };
        }
        let Some(needs) = need.level else { return CanTake::Yes { late: false } };
        match levels.into_iter().flatten().max() {
            Some(held) if held < needs => CanTake::No(Never::SkillLevel { skill: skill(), needs, held }),
            Some(_) => CanTake::Yes { late: false },
            None => CanTake::Unknown(NotKnown::SkillLevel { skill: skill() }),
        }
    }

    /// True if the plan has skills of agents, so that it says who has none.
    fn knows_skills(self) -> bool {
        self.book.state().agents.iter().any(|known| !known.skills.is_empty() || !known.dated.is_empty())
    }

    /// Whether an agent may choose a status that offers the channel; what is not known, if anything.
    fn may_choose(self, known: &Agent, terms: &Terms<'_>) -> Result<Option<NotKnown>, Never> {
        let row = &self.plan.channels[terms.channel.at()];
        let channel = || row.name.clone();
        let is_granted = |status: &StatusIx| {
            let profiles = &self.plan.statuses[status.at()].profiles;
            known.statuses.contains(status)
                || (!known.statuses_exact && known.profile.as_ref().is_some_and(|own| profiles.contains(own)))
        };
        if terms.statuses.iter().any(is_granted) {
            return Ok(None);
        }
        if terms.statuses.is_empty() {
            let is_elsewhere = row.is_outside || self.plan.statuses.is_empty();
            let unknown = NotKnown::Statuses { channel: channel() };
            return if is_elsewhere { Ok(Some(unknown)) } else { Err(Never::NotOffered { channel: channel() }) };
        }
        if known.statuses_complete {
            return Err(Never::NotGranted { channel: channel() });
        }
        Ok(Some(NotKnown::Grant { channel: channel() }))
    }

    /// Whether an item fits into what an agent has when nothing is open; what is not known, if anything.
    fn never_fits(self, agent: AgentIx, terms: &Terms<'_>) -> Result<Option<NotKnown>, Never> {
        let presence = &self.plan.presences[self.presence_of(agent).at()];
        let [primary, interruptible] = presence.capacity;
        let capacity = presence.capacity[terms.pool.at()];
        let is_known = presence.is_capacity_known && (terms.is_pool_known || primary == interruptible);
        let needs = cost_of(terms.cost, capacity);
        if let Some(free) = terms.free {
            return match terms.cost {
                Cost::Share(_) if !is_known => Ok(Some(NotKnown::Capacity {})),
                _ if needs > free => Err(Never::NoRoom { needs, capacity: free }),
                _ => Ok(None),
            };
        }
        // A share of a capacity of nothing is nothing, and still no work fits.
        let fits = |capacity: Units| match terms.cost {
            Cost::Units(units) => units <= capacity,
            Cost::Share(share) => {
                share.of(capacity) <= capacity && (capacity > Units(0) || share.of(WHOLE) == Units(0))
            }
        };
        match terms.cost {
            Cost::Share(_) if !is_known && fits(WHOLE) => Ok(None),
            _ if !is_known => Ok(Some(NotKnown::Capacity {})),
            _ if fits(capacity) => Ok(None),
            _ => Err(Never::NoRoom { needs, capacity }),
        }
    }
}
