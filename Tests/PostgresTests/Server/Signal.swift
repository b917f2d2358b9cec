/// A signal between tasks: waits until it was sent, whichever comes first.
struct Signal: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func send() {
        continuation.yield()
        continuation.finish()
    }

    func wait() async {
        for await _ in stream { return }
    }
}

/// Waits for a state that another task brings about.
func until(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { await Task.yield() }
}
