import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Opens a return. What an exchange asks for is looked for in the shop first: whoever asks hears at once of what it
/// does not sell, and nothing is held for it.
///
/// *Not guaranteed*: that the goods are still there when they are set aside. A shop that does not answer keeps nobody
/// from asking, and the return shows that it was not asked.
struct CreateReturnHandler: EffectHandler {
    typealias Message = CreateReturn

    let accounts: ProviderAccounts
    let effect = EffectKind("shopify", "offers.read", recovery: .sendAgain)

    struct Request: Codable, Sendable {
        var wanted: [SKUQuantity]
    }

    /// What the shop says to what is wanted.
    struct Finding: Codable, Sendable {
        var refusal: Refusal?
        /// Why it was not asked; nil where it was.
        var silence: String?
    }

    func plan(
        _ command: CreateReturn, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<Request, CreateReturn.Reply> {
        let new = NewReturn(transaction: transaction)
        guard command.request.resolution == .exchange, let wanted = command.request.exchangeLines else {
            return .reply(.init(returnID: try await new.open(command.request, by: command.channel)))
        }
        try await new.check(command.request, by: command.channel)
        return .read(Request(wanted: wanted.map { SKUQuantity(sku: $0.sku, quantity: $0.quantity) }))
    }

    func perform(_ request: Request, for call: EffectCall) async throws -> Finding {
        do {
            let shop = try await accounts.shopify(call.workspaceID)
            let offers = try await shop.offers(skus: request.wanted.map(\.sku))
            return Finding(refusal: Self.refusal(of: request.wanted, offers))
        } catch let failure as ProviderFailure {
            return Finding(silence: failure.message)
        }
    }

    /// What of the wanted goods the shop does not sell, or has too little of; nil where it has it all.
    private static func refusal(of wanted: [SKUQuantity], _ offers: [String: ShopifyOffer]) -> Refusal? {
        var asked: [String: Int] = [:]
        for (index, line) in wanted.enumerated() {
            let field = "exchange_lines.\(index)"
            guard let offer = offers[line.sku] else {
                return Refusal(
                    code: "unknown_sku", message: "The shop sells no '\(line.sku)'; name a SKU that it sells.",
                    field: "\(field).sku")
            }
            guard !offer.isRetired else {
                return Refusal(
                    code: "not_sold", message: "The shop sells '\(line.sku)' no more; name another.",
                    field: "\(field).sku")
            }
            asked[line.sku, default: 0] += line.quantity
            guard let quantityMax = offer.quantityMax, asked[line.sku, default: 0] > quantityMax else { continue }
            return Refusal(
                code: "not_available",
                message: "The shop has \(quantityMax) of '\(line.sku)' to sell; ask for fewer, or for another.",
                field: "\(field).quantity")
        }
        return nil
    }

    func settle(
        _ finding: Finding, of request: Request, for command: CreateReturn, in transaction: HandlerTransaction
    ) async throws -> CreateReturn.Reply {
        if let refusal = finding.refusal { throw refusal }
        let id = try await NewReturn(transaction: transaction).open(command.request, by: command.channel)
        if let silence = finding.silence {
            ReturnTimeline(id, transaction).append(
                ReturnHappening(
                    "return.exchange_unchecked",
                    "The shop could not be asked whether it has what is wanted: \(silence)", dedupeKey: "1"))
        }
        return CreateReturn.Reply(returnID: id)
    }
}
