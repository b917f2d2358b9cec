/// A business life cycle as a table: which state follows which, on what event, and who may cause it.
///
/// The table drives validation, error answers, buttons and documents. A pair (state, event) has at most one next
/// state; what the table does not list is refused. Business input never traps.
public struct LifeCycle<State: Hashable & Sendable & CaseIterable, Event: Hashable & Sendable>: Sendable {
    public struct Transition: Hashable, Sendable {
        public let from: State
        public let event: Event
        public let to: State
        public let who: Set<LifeCycleActor>

        public init(_ from: State, _ event: Event, _ to: State, by who: Set<LifeCycleActor>) {
            self.from = from
            self.event = event
            self.to = to
            self.who = who
        }
    }

    public let initial: State
    public let transitions: [Transition]

    public init(initial: State, transitions: [Transition]) {
        self.initial = initial
        self.transitions = transitions
    }

    public var states: [State] { Array(State.allCases) }

    /// The states nothing leads out of.
    public var terminal: Set<State> {
        Set(states).subtracting(transitions.map(\.from))
    }

    /// What happens to an entity in this state on this event; nil where that is refused.
    public func transition(from state: State, on event: Event) -> Transition? {
        transitions.first { $0.from == state && $0.event == event }
    }

    /// How an entity may come from one state to the other in one step; nil where that is refused.
    public func transition(from state: State, to next: State) -> Transition? {
        transitions.first { $0.from == state && $0.to == next }
    }

    public func permits(from state: State, to next: State) -> Bool {
        transition(from: state, to: next) != nil
    }

    /// Everything that may happen next, in table order.
    public func allowed(from state: State, by actor: LifeCycleActor? = nil) -> [Transition] {
        transitions.filter { $0.from == state && (actor.map($0.who.contains) ?? true) }
    }
}
