//! Random options.

use omnic::plan::{Acceptance, Units};
use omnic::runtime::*;
use proptest::prelude::*;
use proptest::sample::select;

/// Every option.
pub(crate) fn options() -> impl Strategy<Value = RoutingOptions> {
    let routing = (
        select(vec![LeastActive::Units, LeastActive::Items]),
        (
            select(vec![DeclineMemory::Round, DeclineMemory::Last, DeclineMemory::All, DeclineMemory::Session]),
            select(vec![ChatDeclinedByAll::Ends, ChatDeclinedByAll::Waits]),
        ),
        (any::<bool>(), select(vec![TransferPlace::Keeps, TransferPlace::Loses])),
        select(vec![InterruptiblePools::Independent, InterruptiblePools::PrimaryCountsToo]),
        select(vec![TargetAcceptTime::BeforeAge, TargetAcceptTime::BeforeSecondaryPriority, TargetAcceptTime::Ignored]),
        select(vec![UnmappedPriority::Last, UnmappedPriority::First]),
        select(vec![DropSkills::OneByOne, DropSkills::Together]),
        select(vec![SkillSource::Both, SkillSource::Records]),
    );
    let org = (
        prop_oneof![5 => Just(UnknownGrants::Allow), 1 => Just(UnknownGrants::Refuse)],
        (
            select(vec![AcwEnd::Closes, AcwEnd::StaysOpen]),
            select(vec![ReassignedTab::HoldsCapacity, ReassignedTab::FreesCapacity]),
            select(vec![
                DirectTransferCapacity::ChatsExceed,
                DirectTransferCapacity::Checked,
                DirectTransferCapacity::Exceeds,
            ]),
        ),
        select(vec![Some(20), None, Some(5)]),
        prop_oneof![4 => Just(100_u32), 1 => 1..4_u32],
        prop_oneof![5 => Just((None, None)), 1 => Just((Some(9), None)), 1 => Just((None, Some(4)))],
        default_presence(),
        select(vec![FinishedWork::Keep, FinishedWork::Keep, FinishedWork::Forget]),
        select(vec![1_u64, 500]),
    );
    (routing, org).prop_map(|(routing, org)| RoutingOptions {
        least_active: routing.0,
        decline_memory: routing.1.0,
        chat_declined_by_all: routing.1.1,
        head_of_line_blocking: routing.2.0,
        transfer_place: routing.2.1,
        interruptible_pools: routing.3,
        target_accept_time: routing.4,
        unmapped_secondary_priority: routing.5,
        drop_skills: routing.6,
        skill_source: routing.7,
        unknown_grants: org.0,
        after_conversation_work_end: org.1.0,
        reassigned_tab: org.1.1,
        direct_transfer_capacity: org.1.2,
        voice_push_timeout_cap_seconds: org.2,
        max_open_items: org.3,
        limits: OrgLimits { queued_per_hour: org.4.0, pending: org.4.1 },
        default_presence: org.5,
        event_retention_hours: 1,
        finished_work: org.6,
        first_record_number: org.7,
    })
}

fn default_presence() -> impl Strategy<Value = DefaultPresence> {
    let declines = Acceptance::Decline { reasons: Vec::new(), status: Some("Break".into()) };
    let acceptance = select(vec![Acceptance::Manual, Acceptance::Auto, declines]);
    let status = select(vec![None, Some(Name::from("Break"))]);
    (1..4_i64, select(vec![None, Some(Units(10_000))]), acceptance, status).prop_map(
        |(capacity, interruptible_capacity, acceptance, status_on_push_timeout)| DefaultPresence {
            capacity: Units(capacity * 10_000),
            interruptible_capacity,
            acceptance,
            status_on_push_timeout,
        },
    )
}
