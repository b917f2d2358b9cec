import ArgumentParser
import Commerce
import Foundation

extension DeadLettersCommand {
    struct Requeue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends a dead letter, or a group of them, back to its queue.")

        @Argument(help: "The letter's id (dlt_…).") var letter: String?
        @Option(help: "Instead: the group, as 'list --group-by' names it.") var group: String?
        @Option(help: "What the group is of: reason, type, provider_code, key or workspace.") var groupBy = "reason"
        @Option(help: "Why, for the audit log.") var reason: String?
        @OptionGroup var write: WriteOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard (letter == nil) != (group == nil) else {
                throw ValidationError("name one letter, or a group with --group-by and --group")
            }
            guard letter != nil || write.idempotencyKey == nil else {
                throw ValidationError("--idempotency-key goes with one letter")
            }
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            let client = try APIClient(environment, writing: letter == nil ? nil : write)
            let printer = Printer(output, environment)
            let reason = JSONValue.string(reason ?? "by hand on the command line")
            if let letter {
                return try printer.show(
                    letter: try await client.post("/dead-letters/\(letter)/requeue", body: ["reason": reason]))
            }
            // The API says '-' for nothing as null.
            let group: JSONValue = group == "-" ? .null : .string(group ?? "")
            var body: [String: JSONValue] = ["group": group, "group_by": .string(groupBy), "reason": reason]
            var total = SagaBulk.Result(matched: 0)
            while true {
                let page = try JSONDecoder().decode(
                    SagaBulk.Result.self,
                    from: Data(try await client.post("/dead-letters/requeue", body: .object(body))))
                total.add(page)
                guard let cursor = page.nextCursor else { break }
                body["cursor"] = .string(cursor)
            }
            total.matched = total.sent
            try printer.show(json: total) { Self.lines(total, $0) }
        }

        static func lines(_ total: SagaBulk.Result, _ style: Style) -> [String] {
            guard total.sent > 0 else { return ["no open letter is in that group"] }
            let refusals = total.refusals.map { "  \($0.id)  \(style("\($0.code): \($0.message)", .bad))" }
            let pending = total.pending > 0 ? ", \(total.pending) not answered yet" : ""
            let untold = total.refused - refusals.count
            return ["\(total.accepted) of \(total.sent) letters requeued, \(total.refused) refused\(pending)"]
                + refusals + (untold > 0 ? ["  and \(untold) more refused"] : [])
        }
    }

    struct Edit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Corrects a dead letter's message, then sends it back to its queue.")

        @Argument(help: "The letter's id (dlt_…).") var letter: String
        @Option(help: "The corrected data as a JSON object.") var data: String?
        @Option(help: "A file with the corrected data; - for standard input.") var dataFile: String?
        @Option(help: "A file with a whole message, for a letter that is no envelope.") var messageFile: String?
        @Option(help: "Why, for the audit log.") var reason: String
        @OptionGroup var write: WriteOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard [data, dataFile, messageFile].compactMap(\.self).count == 1 else {
                throw ValidationError("give one of --data, --data-file, --message-file")
            }
        }

        func run() async throws {
            let environment = CLIEnvironment.current
            var body: [String: JSONValue] = ["reason": .string(reason)]
            if let data { body["data"] = try JSONArgument.object(data, "--data") }
            if let dataFile { body["data"] = try InputFile.json(dataFile) }
            if let messageFile { body["message"] = try InputFile.json(messageFile) }
            let edited = try await APIClient(environment, writing: write).post(
                "/dead-letters/\(letter)/edit", body: .object(body))
            try Printer(output, environment).show(letter: edited)
        }
    }

    struct Discard: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Closes a dead letter; its message is not processed.",
            discussion: "A saga that waits for it stays stuck: retry, skip or cancel it.")

        @Argument(help: "The letter's id (dlt_…).") var letter: String
        @Option(help: "Why, for the audit log.") var reason: String
        @OptionGroup var write: WriteOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let environment = CLIEnvironment.current
            let discarded = try await APIClient(environment, writing: write).post(
                "/dead-letters/\(letter)/discard", body: ["reason": .string(reason)])
            try Printer(output, environment).show(letter: discarded)
        }
    }
}

extension Printer {
    func show(letter: [UInt8]) throws {
        try show(json: letter) { try RecordPicture.lines(letter, $0) }
    }
}
