/// A status that can say what it means.
public protocol DescribedStatus: RawRepresentable, Hashable, Sendable, CaseIterable where RawValue == String {
    /// What is so of the thing that stands there, in a sentence.
    var meaning: String { get }
}

/// A life cycle for the people and programs that follow it, from the table that drives it.
public struct LifeCycleDocument: Hashable, Sendable, Codable {
    public struct Status: Hashable, Sendable, Codable {
        public let name: String
        public let meaning: String
        /// Whether nothing leads out of it.
        public let isFinal: Bool
        /// What others call it, by who they are, the usual word first; who has no word for it is left out.
        public let words: [String: [String]]

        enum CodingKeys: String, CodingKey {
            case name, meaning, words
            case isFinal = "final"
        }
    }

    /// What is not listed is refused.
    public struct Transition: Hashable, Sendable, Codable {
        public let from: String
        public let event: String
        public let to: String
        /// Who may cause it.
        public let by: [String]
    }

    public let initial: String
    public let statuses: [Status]
    public let transitions: [Transition]

    /// - Parameter words: what others call a status.
    public init<State: DescribedStatus, Event: RawRepresentable & Hashable & Sendable>(
        _ cycle: LifeCycle<State, Event>, words: (State) -> [String: [String]] = { _ in [:] }
    ) where Event.RawValue == String {
        initial = cycle.initial.rawValue
        let terminal = cycle.terminal
        statuses = cycle.states.map { state in
            Status(
                name: state.rawValue, meaning: state.meaning, isFinal: terminal.contains(state),
                words: words(state).filter { !$0.value.isEmpty })
        }
        transitions = cycle.transitions.map { row in
            Transition(
                from: row.from.rawValue, event: row.event.rawValue, to: row.to.rawValue,
                by: LifeCycleActor.allCases.filter { row.who.contains($0) }.map(\.rawValue))
        }
    }
}

extension LifeCycleDocument {
    /// Of a return, with the words of tickets, providers and other returns software.
    public static var returns: LifeCycleDocument {
        LifeCycleDocument(ReturnLifeCycle.goodsReturn) { status in
            Dictionary(uniqueKeysWithValues: ReturnVocabulary.allCases.map { ($0.rawValue, $0.words(for: status)) })
        }
    }

    public static var tickets: LifeCycleDocument { LifeCycleDocument(TicketLifeCycle.ticket) }

    public static var warranties: LifeCycleDocument { LifeCycleDocument(WarrantyLifeCycle.warrantyClaim) }

    /// Of a refund, with the words of payment systems.
    public static var refunds: LifeCycleDocument {
        LifeCycleDocument(RefundLifeCycle.refund) { status in
            Dictionary(uniqueKeysWithValues: RefundVocabulary.allCases.map { ($0.rawValue, $0.words(for: status)) })
        }
    }
}
