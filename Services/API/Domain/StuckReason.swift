/// Why a saga is stuck, in a sentence: what it means, and what gets it going.
///
/// Asked where the saga has no error of its own, as one of an earlier build.
enum StuckReason {
    static func sentence(_ reason: String) -> String {
        switch reason {
        case "no_reply":
            "A command was not answered in time: is its owner running? 'retry' sends it again under the same key."
        case "dead_letter":
            "A command was given up on: mend the cause and requeue its dead letter, whose reply gets the saga going."
        case "refused_after_pivot":
            "A step was refused past the pivot, from where it only goes forward: mend the cause, then 'retry', or 'skip'."
        case "undo_refused":
            "An undo was refused: mend the cause, then 'retry'; 'skip' with the undo's path does without it."
        case "undo_unknown":
            "This build's code does not come by the step, so its undo is not known: deploy code that does, then 'retry'."
        case "payload_too_large":
            "A reply, event or output is larger than a history holds: 'skip' with the part that the saga needs."
        case "too_many_operations":
            "The run has more operations than a history holds: deploy code that continues as new, then 'retry'."
        case "saga_error":
            "The saga's code cannot go on as it is written: deploy corrected code, then 'retry'."
        case "imported":
            "What was under way where it came from is not under way here: 'retry' sends it, 'skip' gives its result."
        default:
            "The saga is stuck: \(reason)."
        }
    }
}
