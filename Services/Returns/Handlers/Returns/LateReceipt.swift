import Commerce
import Contracts
import Foundation
import Messaging
import Views

/// What the warehouse tells of a return that awaits nothing any more: it has ended, its goods are settled, or another return
/// or refund has them by now.
///
/// *Guarantees*: it is shown on the return and an operator is told; nothing is paid for it. What comes for one whose goods
/// are settled, or another's, is kept as a blind receipt.
struct LateReceipt: Sendable {
    /// Whether the return takes nothing of the news.
    let isAll: Bool
    private let received: [ReceiveReturn.Line]
    private let inspected: [InspectReturn.Line]
    private let transaction: HandlerTransaction

    /// Nil where the return takes all of the news as every other.
    init?(_ news: WarehouseNews, of goods: ReturnCase, in transaction: HandlerTransaction) {
        let isTaken =
            news.received.isEmpty
            ? news.inspected.isEmpty || ReturnReceiving.inspectable.contains(goods.row.status)
            : goods.permits(.receive)
        guard !isTaken || !news.late.isEmpty else { return nil }
        isAll = !isTaken
        received = (isTaken ? [] : news.received) + news.late
        inspected = isTaken ? [] : news.inspected
        self.transaction = transaction
    }

    func write(on goods: inout ReturnCase) async throws {
        let before = goods.row.units
        // WHY: the units of a return that is settled are what its refund was reckoned from.
        let kept = try await goods.row.status.holdsUnits ? keep(goods.row) : enter(&goods)
        let changed = zip(before, goods.row.units).filter { $0 != $1 }.map(\.1)
        let text = text(goods.row)
        try await goods.save(
            ReturnHappening(
                "return.received_late", text, dedupeKey: "\(goods.row.key)-\(Self.count(goods.row.units))-\(text)"),
            units: changed)
        guard !received.isEmpty else { return }
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "return_received_late/\(goods.row.id)", title: "Goods of a return came in too late",
                    text: text, fields: ["return": "\(goods.row.id)", "order": "\(goods.row.orderID)"],
                    next: ["stateset returns show \(goods.row.id)"] + (kept?.decisions ?? []))),
            subject: goods.row.id.description)
    }

    /// An ended return that is taken up again then knows what is here.
    /// - Returns: what is kept of it as nobody's; nil where it is all the return's.
    private func enter(_ goods: inout ReturnCase) async throws -> BlindReceiptID? {
        var units = ReturnUnits(goods.row.units)
        var extras = ExtraGoods()
        for (index, line) in received.enumerated() {
            if let lineID = line.lineID {
                try units.receive(line.quantity, of: lineID, as: line.state ?? .received, field: "lines.\(index)")
            } else {
                try extras.add(line, "lines.\(index)")
            }
        }
        let kept = try await extras.keep(with: goods.row.id, in: transaction)
        for (index, line) in inspected.enumerated() {
            try units.inspect(
                line.quantity, of: line.lineID, grade: line.grade.flatMap { GoodsGrade(condition: $0) },
                matched: line.matched, field: "lines.\(index)")
        }
        goods.row.units = units.all
        guard !received.isEmpty else { return kept }
        goods.row.receivedAt = goods.row.receivedAt ?? transaction.now
        goods.row.reason = Refusal(code: "received_late", message: text(goods.row))
        return kept
    }

    /// What is more than was kept before: the warehouse tells totals.
    private func keep(_ row: ReturnRow) async throws -> BlindReceiptID? {
        let skus = Self.skus(row)
        var told: [String: Int] = [:]
        for line in received {
            guard let sku = line.sku ?? line.lineID.flatMap({ skus[$0] }) else { continue }
            told[sku, default: 0] += line.quantity
        }
        let store = BlindReceiptStore(transaction)
        let known = try await store.late(for: row.id, isDecided: false)
        let more = told.sorted { $0.key < $1.key }.map {
            BlindReceiptRecord.Goods(sku: $0.key, quantity: $0.value - known[$0.key, default: 0])
        }.filter { $0.quantity > 0 }
        return try await more.isEmpty ? nil : store.add(more, .late, cameWith: row.id)
    }

    private static func skus(_ row: ReturnRow) -> [String: String] {
        Dictionary(row.units.map { ($0.lineID, $0.sku) }, uniquingKeysWith: { first, _ in first })
    }

    private func text(_ row: ReturnRow) -> String {
        let skus = Self.skus(row)
        let items = received.map { "\($0.quantity) × \($0.sku ?? $0.lineID.flatMap { skus[$0] } ?? "?")" }
        let grades = inspected.map { "\($0.quantity) × \(skus[$0.lineID] ?? "?"): grade \($0.grade ?? "?")" }
        let what = (items.isEmpty ? grades : items).joined(separator: ", ")
        let advice =
            !isAll
            ? "another return or refund has such units by now; match them to that return, or dismiss them."
            : row.status.holdsUnits || row.warrantyID != nil
                ? "decide what becomes of it." : "reopen the return, or send it back."
        return "The warehouse has \(what) of a return that is \(row.status.rawValue): \(advice)"
    }

    private static func count(_ units: [ReturnUnit]) -> Int { units.count { $0.state != nil } }
}
