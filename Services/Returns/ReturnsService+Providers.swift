import Messaging

extension ReturnsService {
    /// What is done at the providers for a return; the refund's money apart.
    static func providerHandlers(_ accounts: ProviderAccounts) -> [MessageHandler] {
        [
            .effect(CreateReturnHandler(accounts: accounts)),
            .effect(OpenBlindReturnHandler(accounts: accounts)),
            .effect(AuthorizeReturnHandler(accounts: accounts)),
            .effect(CancelReturnAuthorizationHandler(accounts: accounts)),
            .effect(AnnounceReturnHandler(accounts: accounts)),
            .effect(CancelReturnAnnouncementHandler(accounts: accounts)),
            .effect(BuyReturnLabelHandler(accounts: accounts)),
            .effect(VoidReturnLabelHandler(accounts: accounts)),
            .effect(ReissueReturnLabelHandler(accounts: accounts)),
            .effect(PostReturnMessageHandler(accounts: accounts)),
            .effect(CheckReturnMessageHandler(accounts: accounts)),
            .effect(CloseReturnTicketHandler(accounts: accounts)),
            .effect(CancelReturnSubscriptionHandler(accounts: accounts)),
            .effect(RestoreReturnSubscriptionHandler(accounts: accounts)),
            .effect(ReadReturnSubscriptionHandler(accounts: accounts)),
            .effect(SkipReturnChargeHandler(accounts: accounts)),
            .effect(UnskipReturnChargeHandler(accounts: accounts)),
            .effect(PauseReturnSubscriptionHandler(accounts: accounts)),
            .effect(ResumeReturnSubscriptionHandler(accounts: accounts)),
            .effect(RestockReturnHandler(accounts: accounts)),
            .effect(RecordReturnReceiptHandler(accounts: accounts)),
            .effect(RecordReturnCreditHandler(accounts: accounts)),
            .effect(RecordRefundInBooksHandler(accounts: accounts)),
            .effect(OpenExchangeHandler(accounts: accounts)),
            .effect(CompleteExchangeHandler(accounts: accounts)),
            .effect(CancelExchangeHandler(accounts: accounts)),
        ]
    }
}
