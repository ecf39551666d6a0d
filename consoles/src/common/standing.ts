// What `GET /omnic/v1/console/state` and `…/supervisor` answer.

export interface Work {
  workId: string;
  workItemId: string;
  object: string | null;
  title: string | null;
  userId: string;
  userName: string;
  queue: string | null;
  channel: string;
  status: string;
  assignedAt: string | null;
  openedAt: string | null;
  expiresAt: string | null;
  minimises: boolean;
  capacityModel: string;
  weight: number | null;
  percentage: number | null;
  isInterruptible: boolean;
  isRequired: boolean;
  isFlagged: boolean;
  flagMessage: string | null;
  afterConversationUntil: string | null;
  extensionsLeft: number;
  statusField: { field: string; value: string | null; values: { value: string; meaning: "inProgress" | "paused" | "completed" }[] } | null;
}

export interface Standing {
  position: string;
  now: string;
  pace: string;
  user: { id: string; username: string; name: string };
  isSupervisor: boolean;
  statuses: { id: string; name: string; apiName: string; isAway: boolean; isKnown: boolean; channels: string[] }[];
  configuration: { name: string | null; accepts: "auto" | "manual"; canDecline: boolean; declineReasons: { name: string; label: string }[]; requestSound: boolean; disconnectSound: boolean };
  presence: { statusId: string; statusName: string; isAway: boolean; since: string } | null;
  capacity: { used: number; capacity: number; interruptibleUsed: number; interruptibleCapacity: number } | null;
  works: Work[];
  queues: { id: string; name: string }[];
  people: { id: string; name: string; online: boolean }[];
}

export interface Rep {
  id: string;
  username: string;
  name: string;
  status: string | null;
  isAway: boolean | null;
  since: string | null;
  workload: number;
  capacity: number | null;
  interruptibleUsed: number | null;
  interruptibleCapacity: number | null;
  works: Work[];
  queues: string[];
  skills: string[];
  timeline: { kind: "online" | "away" | "work"; label: string; from: string; to: string | null }[] | null;
}

export interface Sight {
  position: string;
  now: string;
  pace: string;
  user: { id: string; username: string; name: string };
  configuration: string;
  isTimelineHidden: boolean;
  actions: { tab: string; action: string; flow: string | null }[];
  agents: Rep[];
  queues: { id: string; name: string; waiting: number; longestWait: number | null; items: Item[] }[];
  skills: { id: string; name: string; waiting: number }[];
  work: Work[];
}

export interface Item {
  workItemId: string;
  object: string | null;
  title: string | null;
  since: string;
  priority: number | null;
}

export interface Why {
  waits: boolean;
  summary: string;
  missingSkills: string[];
  reps: { why: string; users: string[] }[];
  ahead: { workItemId: string; why: string }[];
  timers: { at: string; what: string }[];
}
