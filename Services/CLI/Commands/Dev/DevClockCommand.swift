import ArgumentParser
import Commerce
import Foundation
import Messaging

struct DevClockCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "Business time of the dev stack.", subcommands: [Show.self, Advance.self])

    private struct Reading: Encodable {
        var now: Date
        var offset: String

        init(offset: Duration) {
            now = SystemClock().now.addingTimeInterval(offset.timeInterval)
            self.offset = offset.iso8601
        }

        var lines: [String] {
            [Moment.text(WireJSON.text(now)) + (offset == "PT0S" ? "" : ", \(offset) ahead of real time")]
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows business time.")

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let reading = Reading(
                offset: try await Database.with(environment) { try await BusinessClock.offset(in: $0) })
            try Printer(output, environment).show(json: reading) { _ in reading.lines }
        }
    }

    struct Advance: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets business time run ahead, in every process of the stack.",
            discussion: "Only with STATESET_DEV=1. Timers, deadlines and schedules come due at once.")

        /// LIMIT: processes read the offset twice a second; after this each of them has it.
        private static let settleTime = Duration.seconds(1)

        @Argument(help: "By how much: P3D, PT90M, 3d, 90m, 1h30m.") var by: String
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard SpanArgument.parse(by) != nil else {
                throw ValidationError("'\(by)' is no duration; write P3D, 3d, 90m or 1h30m")
            }
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            guard environment.isDevelopment else {
                throw CLIError("the clock is only adjustable in a dev stack: STATESET_DEV is not 1")
            }
            guard let duration = SpanArgument.parse(by) else { return }
            let offset = try await Database.with(environment) { pool in
                try await BusinessClock.advance(by: duration, in: pool)
            }
            try await Task.sleep(for: Self.settleTime)
            let reading = Reading(offset: offset)
            try Printer(output, environment).show(json: reading) { _ in reading.lines }
        }
    }
}

/// A duration as people type it.
enum SpanArgument {
    /// ISO 8601, or numbers with `w`, `d`, `h`, `m` and `s`: `3d`, `1h30m`. Nil for anything else and for zero.
    static func parse(_ text: String) -> Duration? {
        let upper = text.uppercased()
        guard !upper.hasPrefix("P") else { return positive(Duration(iso8601: upper)) }
        let days = upper.prefix { $0 != "D" && $0 != "W" }.count < upper.count
        guard days else { return positive(Duration(iso8601: "PT" + upper)) }
        guard let end = upper.lastIndex(where: { $0 == "D" || $0 == "W" }) else { return nil }
        let rest = upper[upper.index(after: end)...]
        return positive(Duration(iso8601: "P" + upper[...end] + (rest.isEmpty ? "" : "T" + rest)))
    }

    private static func positive(_ duration: Duration?) -> Duration? {
        duration.flatMap { $0 > .zero ? $0 : nil }
    }
}
