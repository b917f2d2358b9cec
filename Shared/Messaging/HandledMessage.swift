import Commerce

/// A delivery that a handler of the batch kind is there for.
struct HandledMessage: Sendable {
    let envelope: Envelope
    /// Its place in the handler table.
    let handler: Int
    /// The broker has delivered it before: it may be processed already.
    let isRedelivered: Bool
}

extension [HandledMessage] {
    /// A batch may hold the same message twice.
    func uniqueByMessage() -> [HandledMessage] {
        var seen: Set<String> = []
        return filter { seen.insert(InboxStore.key($0.envelope)).inserted }
    }

    /// Parts what is new from what is processed, by what the inbox says.
    func divided(
        by known: [String: InboxStore.Entry]
    ) -> (fresh: [HandledMessage], repeated: [(message: HandledMessage, reply: CommandReply?)]) {
        guard !known.isEmpty else { return (self, []) }
        var fresh: [HandledMessage] = []
        var repeated: [(message: HandledMessage, reply: CommandReply?)] = []
        for message in self {
            if case .processed(let reply)? = known[InboxStore.key(message.envelope)] {
                repeated.append((message, reply))
            } else {
                fresh.append(message)
            }
        }
        return (fresh, repeated)
    }

    /// The messages in order, cut where the handler changes.
    func runsByHandler() -> [(handler: Int, envelopes: [Envelope])] {
        var runs: [(handler: Int, envelopes: [Envelope])] = []
        for message in self {
            if runs.last?.handler == message.handler {
                runs[runs.count - 1].envelopes.append(message.envelope)
            } else {
                runs.append((message.handler, [message.envelope]))
            }
        }
        return runs
    }
}
