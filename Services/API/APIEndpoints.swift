import Messaging

/// Everything the API can do.
enum APIEndpoints {
    static func all(outbox: TransactionalOutbox, sender: CommandSender) -> [Endpoint] {
        let pool = outbox.pool
        let orders = OrderVerbs(pool: pool, sender: sender)
        return [
            .listOrders(pool), .showOrder(pool), .holdOrder(orders), .releaseOrder(orders), .cancelOrder(orders),
            .listSagas(pool), .showSaga(pool), .startSaga(SagaStart(pool: pool, sender: sender)),
            .listReceived(pool), .showReceived(pool),
            .listDeadLetters(pool), .showDeadLetter(pool), .requeueDeadLetter(pool, sender),
            .listKeys(pool), .createKey(KeyCreation(outbox: outbox)),
            .listAudit(pool), .listSchedules(pool),
        ] + Endpoint.operateSaga(SagaVerbs(pool: pool, sender: sender))
    }
}
