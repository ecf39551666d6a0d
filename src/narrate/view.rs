//! What a supervisor sees, in sentences.

use super::words::{and, duration, of_pools};
use super::{Narrator, Time, Tone};
use crate::runtime::{AgentSight, FlagSight, Name, Runtime, SupervisorSight};
use crate::text::{count, units};

impl Narrator<'_> {
    pub(super) fn view(&mut self, at: Time, user: &Name, sight: &SupervisorSight, runtime: &Runtime) {
        let seen = [
            count(sight.agents.len(), "agent"),
            count(sight.queues.len(), "queue"),
            count(sight.skills.len(), "skill"),
        ];
        let sentence = format!("{user} looks, by `{}`, at {}:", sight.configuration, and(&seen));
        self.say(at, Tone::Event, &sentence);
        for agent in &sight.agents {
            let line = self.agent(agent, runtime);
            self.detail(&line);
        }
        for queue in sight.queues.iter().filter(|queue| queue.waiting > 0) {
            let longest = queue.longest_wait.map(|wait| format!(", the longest for {}", duration(wait)));
            self.detail(&format!("`{}`: {} waiting{}", queue.queue, queue.waiting, longest.unwrap_or_default()));
        }
        for skill in sight.skills.iter().filter(|skill| skill.waiting > 0) {
            self.detail(&format!("skill `{}`: {} waiting", skill.skill, skill.waiting));
        }
        if sight.queues.iter().all(|queue| queue.waiting == 0) {
            self.detail("nothing waits in the queues");
        }
    }

    fn agent(&self, agent: &AgentSight, runtime: &Runtime) -> String {
        let Some(status) = &agent.status else {
            let work = self.works_of(agent);
            return format!("{}: offline{work}", agent.user);
        };
        let whole = || {
            let capacity =
                agent.configured_capacity.map_or_else(String::new, |all| format!(" of {}", units(all.as_f64())));
            format!("{}{capacity}", agent.workload)
        };
        let workload = runtime.pools(&agent.user).map_or_else(whole, of_pools);
        format!("{}: `{status}`, workload {workload}{}", agent.user, self.works_of(agent))
    }

    fn works_of(&self, agent: &AgentSight) -> String {
        let flag = |item: &Name| {
            let flag = agent.flags.iter().find(|flag| flag.work_item_id == *item);
            flag.map_or_else(String::new, |FlagSight { message, .. }| match message {
                Some(message) => format!(" (flagged: {message})"),
                None => " (flagged)".to_owned(),
            })
        };
        let works: Vec<String> =
            agent.work_items.iter().map(|item| format!("{}{}", self.work(item), flag(item))).collect();
        if works.is_empty() { String::new() } else { format!(": {}", and(&works)) }
    }
}
