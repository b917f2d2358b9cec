import Commerce
import Contracts
import Foundation
import Messaging
import Providers

/// Asks the warehouse for the returns that have changed there, and has those read again of which it tells something new.
///
/// *Guarantees*: what has come in is found although the hint about it was lost; what is told again changes nothing; a
/// look that is too long for one go goes on at the next.
struct PollWarehouseReturnsHandler: EffectHandler {
    typealias Message = PollWarehouseReturns

    let accounts: ProviderAccounts
    let effect = EffectKind("dcl", "return.find", recovery: .sendAgain)
    let priority = CallPriority.bulk

    // LIMIT: 2,000 returns; as many requests as go through at the warehouse's rate before the next look.
    static let pagesMax = 20

    struct Found: Codable, Sendable, Equatable {
        struct Goods: Codable, Sendable, Equatable {
            var number: String
            /// Of the order that it was made for there.
            var originalOrderNumber: String?
            var receipts: [WarehouseReceipt]
        }

        /// Where the next look begins.
        var next: WarehouseLook
        /// The returns of which something has come in.
        var goods: [Goods] = []
    }

    func plan(
        _ command: PollWarehouseReturns, in transaction: HandlerTransaction
    ) async throws -> EffectPlan<WarehouseLook, Done> {
        .read(try await WarehouseReturnStore(transaction).look() ?? .first(at: transaction.now))
    }

    func perform(_ look: WarehouseLook, for call: EffectCall) async throws -> Found? {
        guard let client = try await accounts.dcl(call.workspaceID) else { return nil }
        var found = Found(next: look)
        for _ in 0..<Self.pagesMax {
            let page = try await client.returns(modifiedSince: look.from, page: found.next.page)
            found.goods += page.returns.map(Found.Goods.init).filter { !$0.receipts.isEmpty }
            // WHY: what changes while a look goes on over several goes may slip past it; the next one must reach back.
            let changes = look.page == 1 ? page.returns.compactMap(\.modified) : []
            found.next.read(changes, isLast: page.isLast)
            if page.isLast { break }
        }
        return found
    }

    func settle(
        _ found: Found?, of look: WarehouseLook, for command: PollWarehouseReturns, in transaction: HandlerTransaction
    ) async throws -> Done {
        guard let found else { return Done() }
        let store = WarehouseReturnStore(transaction)
        try await store.save(found.next)
        let numbers = found.goods.map(\.number)
        guard !numbers.isEmpty else { return Done() }
        let (known, told) = (try await store.known(numbers), try await store.told(numbers))
        // WHY: in one order, so that two looks at once never wait for each other in a circle.
        for goods in found.goods.sorted(by: { $0.number < $1.number }) where goods.receipts != told[goods.number] {
            if let id = known[goods.number] {
                try transaction.send(ReadWarehouseReturn(returnID: id, number: goods.number), subject: id.description)
            } else {
                try await UnknownWarehouseReturn(
                    number: goods.number, originalOrderNumber: goods.originalOrderNumber, receipts: goods.receipts,
                    transaction: transaction
                ).keep()
            }
        }
        return Done()
    }
}

extension PollWarehouseReturnsHandler.Found.Goods {
    fileprivate init(_ goods: DCLReturn) {
        self.init(
            number: goods.number.asWarehouseText, originalOrderNumber: goods.originalOrderNumber?.asWarehouseText,
            receipts: goods.warehouseReceipts)
    }
}
