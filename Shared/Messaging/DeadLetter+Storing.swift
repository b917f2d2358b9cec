import Commerce

extension TransactionalOutbox {
    /// Stores the letter, or only its body where it cannot be stored with what it says of itself: the letters behind it
    /// must not wait for that. Tells people, and the saga that waits.
    /// - Parameter replacing: takes away what the letter was before; false where another replica has done that.
    /// - Returns: the letter as it is stored.
    func store(
        _ letter: DeadLetter, replacing: @escaping @Sendable (HandlerTransaction) async throws -> Bool = { _ in true }
    ) async throws -> DeadLetter {
        var letter = letter
        if letter.workspaceID == .platform { letter.workspaceID = try await DeadLetterStore.owner(on: pool) }
        do {
            try await commit(letter, replacing)
            return letter
        } catch  where error.isOfTheMessage {
            let bare = letter.bare(because: error)
            try await commit(bare, replacing)
            return bare
        }
    }

    private func commit(
        _ letter: DeadLetter, _ replacing: @escaping @Sendable (HandlerTransaction) async throws -> Bool
    ) async throws {
        let context = MessageContext(workspaceID: letter.workspaceID, actor: factory.source.rawValue)
        let (_, owed) = try await commit(context, scope: .workspace) { transaction in
            guard try await replacing(transaction) else { return }
            guard try await DeadLetterStore.insert(letter, in: transaction.database) else { return }
            transaction.afterCommit { MessageCounts.deadLettered(queue: letter.queue, reason: letter.reason) }
            if let alert = DeadLetterAlert(letter) {
                transaction.send(try alert.message(for: letter, factory, context))
            }
            if let news = try letter.news(factory) { transaction.send(news) }
        }
        relay.publishSoon(owed.rows)
    }
}

extension DeadLetter {
    /// What the saga that waits for the message is told. Nil for news to a saga, which must not lead to the next.
    fileprivate func news(_ factory: MessageFactory) throws -> OutgoingMessage? {
        guard let envelope, let saga = SagaAddress(envelope.attributes),
            ![CommandDeadLettered.type, CommandRetrying.type].contains(envelope.attributes.type)
        else { return nil }
        let news = CommandDeadLettered(error: Refusal(code: reason, message: detail))
        return try factory.sagaMessage(
            CommandDeadLettered.type, RawJSON(encoding: news), cause: envelope, saga: saga)
    }
}
