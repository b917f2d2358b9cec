import Messaging

extension ReturnsService {
    static let warranties: [MessageHandler] = [
        .command(SetWarrantyTermsHandler()),
        .command(RegisterProductHandler()),
        .command(DecideRegistrationHandler()),
        .command(CreateWarrantyHandler()),
        .command(CheckWarrantyHandler()),
        .command(WithdrawWarrantyHandler()),
        .command(ReviewWarrantyHandler()),
        .command(EscalateWarrantyHandler()),
        .command(DecideWarrantyHandler()),
        .command(InspectWarrantyHandler()),
        .command(RecordRepairHandler()),
        .command(ChooseRemedyHandler()),
        .command(NotifyClaimantHandler()),
        .command(CloseWarrantyHandler()),
        .event(ProjectWarrantySaga()),
    ]

    /// New goods for faulty ones, in the shop.
    static func replacementHandlers(_ accounts: ProviderAccounts) -> [MessageHandler] {
        [
            .effect(OpenReplacementHandler(accounts: accounts)),
            .effect(CompleteReplacementHandler(accounts: accounts)),
            .effect(CancelReplacementHandler(accounts: accounts)),
        ]
    }
}
