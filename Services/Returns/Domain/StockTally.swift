/// How many units of a return's goods are in stock again, by the lines of its order, and who has put them there: pure.
struct StockTally: Sendable {
    typealias Line = RestockReturnHandler.Line

    private struct Stock {
        let sku: String
        /// By our calls of the shop.
        var ours = 0
        /// By people who were asked to.
        var byHand = 0
        /// Nobody was asked: the ERP has them, or the workspace sees to its stock itself.
        var elsewhere = 0

        var all: Int { ours + byHand + elsewhere }
    }

    private var lines: [String: Stock] = [:]

    init(_ adjustments: [RestockStore.Adjustment]) {
        for adjustment in adjustments {
            if let outcome = adjustment.outcome { take(adjustment.request, outcome) }
        }
    }

    mutating func take(_ request: RestockReturnHandler.Request, _ outcome: RestockReturnHandler.Outcome) {
        for line in request.lines {
            switch outcome {
            case .restocked, .adjusted:
                let isLeft = outcome.adjustment?.left.contains(line) ?? false
                add(line, to: isLeft ? \.byHand : \.ours)
            case .refused, .unknown, .leftToPeople: add(line, to: \.byHand)
            case .leftToERP, .noLocation: add(line, to: \.elsewhere)
            }
        }
        for line in request.byHand ?? [] { add(line, to: \.byHand) }
    }

    private mutating func add(_ line: Line, to place: WritableKeyPath<Stock, Int>) {
        lines[line.id, default: Stock(sku: line.sku)][keyPath: place] += line.quantity
    }

    /// What is to be changed where so many should be in stock: by us, and by the people who have put it there. Negative
    /// for what is to be taken out. What nobody was asked to put into stock nobody is asked to take out.
    /// - Parameter mayAdd: whether more may be put into stock now.
    func change(to wanted: [Line], mayAdd: Bool) -> (own: [Line], byHand: [Line]) {
        var (own, byHand): ([Line], [Line]) = ([], [])
        let wanted = Dictionary(wanted.map { ($0.id, $0) }) { first, _ in first }
        for id in Set(lines.keys).union(wanted.keys).sorted() {
            let stock = lines[id] ?? Stock(sku: wanted[id]?.sku ?? "")
            let missing = (wanted[id]?.quantity ?? 0) - stock.all
            let ours = missing > 0 ? (mayAdd ? missing : 0) : max(missing, -max(0, stock.ours))
            let theirs = missing > 0 ? 0 : max(missing - ours, -max(0, stock.byHand))
            if ours != 0 { own.append(Line(id: id, sku: stock.sku, quantity: ours)) }
            if theirs != 0 { byHand.append(Line(id: id, sku: stock.sku, quantity: theirs)) }
        }
        return (own, byHand)
    }
}
