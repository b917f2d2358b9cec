import Testing

@testable import AMQP

@Suite("Connection thread")
struct ConnectionThreadTests {
    /// Tells when it gets a turn and when it is released.
    private final class Driver: ThreadDriven {
        let turns: AsyncStream<Void>.Continuation
        let isOnThread: @Sendable () -> Bool

        init(_ turns: AsyncStream<Void>.Continuation, isOnThread: @escaping @Sendable () -> Bool) {
            self.turns = turns
            self.isOnThread = isOnThread
        }

        deinit { turns.finish() }

        func turn() -> TurnWait {
            if isOnThread() { turns.yield() }
            return .forever
        }
    }

    private actor Resident {
        let thread = ConnectionThread(name: "test")
        var calls = 0
        nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

        func call() -> Bool {
            calls += 1
            return thread.isIsolatingCurrentContext() == true
        }
    }

    @Test("an actor's calls all run on its thread, and on no other")
    func isolation() async {
        let resident = Resident()
        let isIsolated = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 { group.addTask { await resident.call() } }
            return await group.reduce(true) { $0 && $1 }
        }
        #expect(isIsolated)
        #expect(await resident.calls == 200)
        #expect(resident.thread.isIsolatingCurrentContext() == false)
    }

    @Test("a nudge gives the driver a turn on the thread, and a sleeping thread does not keep it alive")
    func driver() async {
        let thread = ConnectionThread(name: "test")
        let (stream, turns) = AsyncStream.makeStream(of: Void.self)
        var driver: Driver? = Driver(turns) { thread.isIsolatingCurrentContext() == true }
        var iterator = stream.makeAsyncIterator()
        if let driver { thread.drive(driver) }
        #expect(await iterator.next() != nil)
        thread.nudge()
        #expect(await iterator.next() != nil)
        driver = nil
        // The stream ends when the driver is released.
        while await iterator.next() != nil {}
    }
}
