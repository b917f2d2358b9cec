import Messaging

/// Everything the API can do.
enum APIEndpoints {
    static func all(outbox: TransactionalOutbox, sender: CommandSender, checks: WebhookGuard) -> [Endpoint] {
        let pool = outbox.pool
        let orders = OrderVerbs(pool: pool, sender: sender)
        let letters = DeadLetterVerbs(pool: pool, sender: sender)
        let sagas = SagaVerbs(pool: pool, sender: sender)
        let schedules = ScheduleVerbs(pool: pool, sender: sender)
        let webhooks = WebhookVerbs(pool: pool, sender: sender, checks: checks)
        return [
            .listOrders(pool), .showOrder(pool), .holdOrder(orders), .releaseOrder(orders), .cancelOrder(orders),
            .listSagas(pool), .countSagas(pool), .showSaga(pool, outbox.clock),
            .startSaga(SagaStart(pool: pool, sender: sender)), .exportSaga(pool), .importSaga(sagas), .listMail(pool),
            .listReceived(pool), .showReceived(pool),
            .listDeadLetters(pool), .showDeadLetter(pool), .requeueDeadLetter(letters), .editDeadLetter(letters),
            .discardDeadLetter(letters), .requeueDeadLetters(letters),
            .listKeys(pool), .createKey(KeyCreation(outbox: outbox)),
            .listAudit(pool), .listAlerts(pool), .listSchedules(pool), .changeSchedule(schedules),
            .calculateRefund(), .requestRefund(RefundRequests(pool: pool, sender: sender)), .listRefunds(pool),
            .showRefund(pool), .explainRefund(pool), .showLedger(pool), .setReturnPolicy(pool, sender),
            .showReturnPolicy(pool), .showVocabulary(),
            .quoteReturn(ReturnQuotes(pool: pool, clock: outbox.clock)),
            .createWebhook(webhooks), .listWebhooks(pool), .showWebhook(webhooks), .changeWebhook(webhooks),
            .listDeliveries(webhooks), .showDelivery(pool), .resendDelivery(webhooks), .resendDeliveries(webhooks),
        ] + Endpoint.returns(ReturnVerbs(pool: pool, sender: sender))
            + Endpoint.blindReceipts(BlindReceiptVerbs(pool: pool, sender: sender))
            + Endpoint.warranties(WarrantyVerbs(pool: pool, sender: sender))
            + Endpoint.registrations(RegistrationVerbs(pool: pool, sender: sender))
            + [.setWarrantyTerms(pool, sender), .showWarrantyTerms(pool)] + Endpoint.vocabulary()
            + Endpoint.tickets(TicketVerbs(pool: pool, sender: sender)) + Endpoint.operateWebhook(webhooks)
            + Endpoint.emails(EmailVerbs(pool: pool, sender: sender)) + Endpoint.operateSaga(sagas)
            + Endpoint.operateSagas(BulkSagaVerbs(pool: pool, sender: sender))
            + Endpoint.operateSchedule(schedules)
    }
}
