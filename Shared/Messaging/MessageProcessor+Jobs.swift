import Commerce

extension MessageProcessor {
    struct Incoming: Sendable {
        let body: [UInt8]
        /// More than 1 MiB: the body was not kept.
        let isOversized: Bool
        var isRedelivered = false
    }

    enum Job: Sendable {
        /// One transaction: all in one workspace, or all of handlers that work across them.
        case batch([HandledMessage])
        case effect(Envelope, Int)
        case unhandled(Envelope)
        case malformed([UInt8], String)
    }

    /// Splits deliveries into jobs. Effect handlers can take long: the caller runs them side by side.
    func jobs(_ incoming: [Incoming]) -> [(job: Job, members: [Int])] {
        var jobs: [(job: Job, members: [Int])] = []
        var batches = BatchTable()
        for (position, message) in incoming.enumerated() {
            guard !message.isOversized else {
                jobs.append((.malformed([], "larger than 1 MiB: send large data by reference"), [position]))
                continue
            }
            do {
                let envelope = try Envelope(body: message.body)
                guard let index = table.index(of: envelope.attributes.type) else {
                    jobs.append((.unhandled(envelope), [position]))
                    continue
                }
                switch table.handlers[index].work {
                case .effect: jobs.append((.effect(envelope, index), [position]))
                case .batch:
                    let handled = HandledMessage(
                        envelope: envelope, handler: index, isRedelivered: message.isRedelivered)
                    batches.add(handled, at: position, scope: table.handlers[index].scope)
                }
            } catch {
                jobs.append((.malformed(message.body, "\(error)"), [position]))
            }
        }
        return batches.jobs + jobs
    }

    /// Collects what may share a transaction, in the order of arrival.
    private struct BatchTable {
        private var places: [WorkspaceID?: Int] = [:]
        private var batches: [(messages: [HandledMessage], members: [Int])] = []

        mutating func add(_ message: HandledMessage, at position: Int, scope: MessageHandler.Scope) {
            let workspace = scope == .workspace ? message.envelope.attributes.workspaceid : nil
            let place = places[workspace] ?? batches.count
            if place == batches.count {
                places[workspace] = place
                batches.append(([], []))
            }
            batches[place].messages.append(message)
            batches[place].members.append(position)
        }

        var jobs: [(job: Job, members: [Int])] { batches.map { (.batch($0.messages), $0.members) } }
    }
}
