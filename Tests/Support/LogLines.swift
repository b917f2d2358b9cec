import Logging
import Synchronization

/// What a component logged, to be counted, or waited for as for a signal.
public final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])
    private let stream: AsyncStream<String>
    private let input: AsyncStream<String>.Continuation

    public init() {
        // LIMIT: a test's connections log a handful of lines.
        (stream, input) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(10_000))
    }

    public var logger: Logger { Logger(label: "recorded") { _ in Handler(log: self) } }

    public func count(of line: String) -> Int { lines.withLock { $0.count { $0 == line } } }

    /// Returns once the line was logged, since the beginning or the last wait. One task waits at a time.
    public func wait(for line: String) async {
        for await found in stream where found == line { return }
    }

    fileprivate func add(_ line: String) {
        lines.withLock { $0.append(line) }
        input.yield(line)
    }

    private struct Handler: LogHandler {
        let log: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.add(event.message.description)
        }
    }
}
