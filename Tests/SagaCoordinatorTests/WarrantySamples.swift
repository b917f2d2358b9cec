import Commerce
import Contracts
import Sagas

@testable import SagaCoordinator

// What the catalog's tests answer with: a claim whose goods come in and are refunded.

extension WarrantyOutline: Sampled {
    public static var sample: WarrantyOutline {
        .init(
            returnID: ReturnID("ret_0192f0c1a2b37c4d8e9fa0b1c2d3e4f5"), comesBack: true, hasLabel: true,
            reviewSeconds: 1, reminderSeconds: [1], expirySeconds: 2, hasTicket: true)
    }
}

extension ChooseRemedy.Reply: Sampled {
    public static var sample: ChooseRemedy.Reply { .init(remedy: .refund) }
}
