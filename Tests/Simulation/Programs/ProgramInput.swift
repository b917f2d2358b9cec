/// Names a program: everything it does follows from the number, so that a history stays small.
struct ProgramInput: Codable, Sendable, Equatable {
    var seed: UInt64
    var role: Role
    /// How many runs came before by `continueAsNew`.
    var generation: Int

    enum Role: String, Codable, Sendable {
        case root, child
    }
}

struct ProgramOutput: Codable, Sendable, Equatable {
    var seed: UInt64
}
