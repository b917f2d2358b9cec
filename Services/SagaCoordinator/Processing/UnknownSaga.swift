/// A message is for a saga whose code this build does not have: an older replica of a rolling deploy, or a saga that was
/// taken out while some of it were under way.
///
/// The message is tried again, which a replica that has the code may be the one to do, and at last becomes a dead letter.
/// Taken and forgotten, it would leave its saga waiting for ever.
struct UnknownSaga: Error, CustomStringConvertible {
    let name: String

    var description: String { "this build of the coordinator has no saga '\(name)', it takes one that has" }
}
