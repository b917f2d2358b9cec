/// Something that lives on a `ConnectionThread` and has I/O to look after between jobs.
protocol ThreadDriven: AnyObject, Sendable {
    /// Called on the thread after each round of jobs. Does what can be done without waiting and says what to wait for.
    func turn() -> TurnWait
}

/// What ends the pause between two turns; a posted job always does.
struct TurnWait: Sendable {
    var descriptor: Int32?
    var wantsToWrite = false
    /// `nil`: as long as nothing happens.
    var timeout: Duration?

    static let forever = TurnWait()
    static let none = TurnWait(timeout: .zero)
}
