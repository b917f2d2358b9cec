import Sagas

/// A message is for a saga whose history another build has only just written, and this one's code does not follow it:
/// an older replica of a rolling deploy has come by it, or the first of a build that was changed without a patch.
///
/// The message is tried again, which a replica of the other build may be the one to do. Saved as it looks from here, a
/// saga with which nothing is wrong would be `diverged` until an operator comes.
struct ForeignHistory: Error, CustomStringConvertible {
    let name: String
    /// Which build wrote it, and which one cannot follow.
    let author: String
    let reader: String

    init(_ saga: SagaInstance, _ reader: String) {
        name = saga.name
        author = saga.buildID ?? "unknown"
        self.reader = reader
    }

    var description: String {
        "build \(reader) of the coordinator does not follow what build \(author) did in a saga '\(name)' just now"
    }
}
