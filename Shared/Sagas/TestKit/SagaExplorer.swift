import Commerce
import Foundation
import Messaging

/// Takes a saga through everything that can go wrong at each of its steps, without anybody writing a test for it.
///
/// The straight way comes first: every command is accepted with a made-up reply, every wait gets its event, else its
/// time runs out. Then, at each step in turn, each ``Trouble`` that can befall it. Whatever happens, the saga must end,
/// or stand still with a reason, and no step that was done may be left behind: undone in reverse order, unless the
/// pivot was passed. Between any two things that happen it crashes: see ``SagaScenario``.
public struct SagaExplorer {
    public let definition: SagaDefinition
    private let input: RawJSON
    private let observer = SagaObserver()

    public enum Trouble: String, Sendable, CaseIterable {
        case refusal, silence, duplicate, lateReply = "late reply", deadLetter = "dead letter", cancel, pause
        /// The event does not come: its time runs out, another branch wins, or the saga waits on.
        case absence
        /// The undo of the step is refused, or nobody answers it.
        case undoRefusal = "refused undo"
        case undoSilence = "silent undo"
    }

    /// How one exploration ended.
    public struct Journey: Sendable {
        public let trouble: Trouble?
        /// Where the trouble was; `nil` on the straight way.
        public let path: String?
        public let history: SagaHistory
        /// The commands in the order in which they were sent; undos as `undo Name`.
        public let commands: [String]
        /// What must not be: empty when all is well. A trouble that never came about is one.
        public let objections: [String]
    }

    public init(_ definition: SagaDefinition) throws {
        var definition = definition
        definition.observer = observer
        self.definition = definition
        input = try definition.sampleInput()
    }

    /// The straight way, then each trouble at each step that it can befall.
    public func explore() throws -> [Journey] {
        let (straight, places) = try journey(nil)
        return try [straight] + places.map { try journey($0).journey }
    }

    private func journey(_ ordeal: SagaExpedition.Ordeal?) throws -> (journey: Journey, places: [SagaExpedition.Ordeal])
    {
        let scenario = try SagaScenario(
            definition, key: "explored", input: input, at: Date(timeIntervalSince1970: 1_772_619_330))
        var expedition = SagaExpedition(scenario, ordeal, observer)
        try expedition.travel()
        let end = expedition.scenario
        let journey = Journey(
            trouble: ordeal?.trouble, path: ordeal?.path, history: end.recorded,
            commands: end.sent.map { "\($0.isUndo ? "undo " : "")\($0.name)" },
            objections: expedition.objections + SagaJudge(end).objections)
        return (journey, expedition.places)
    }
}
