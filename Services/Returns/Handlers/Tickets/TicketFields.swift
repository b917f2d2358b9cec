import Commerce
import Contracts
import Foundation
import Messaging

/// What a ticket's custom fields say about a return.
struct TicketFields: Sendable {
    private(set) var all: [String: JSONValue]

    /// - Parameter text: a JSON object. Failure: a ``Refusal`` for anything else.
    init(_ text: String) throws(Refusal) {
        do {
            all = try JSONDecoder().decode([String: JSONValue].self, from: Data(text.utf8))
        } catch {
            throw Refusal(
                code: "bad_fields", message: "'custom_fields' must be an object of plain values.",
                field: "custom_fields")
        }
    }

    /// A number or a text as text; nil for everything else.
    func text(_ name: String) -> String? { all[name]?.text }

    /// Nil where it is not given. Failure: a ``Refusal`` for anything but true and false.
    private func flag(_ name: String) throws(Refusal) -> Bool? {
        switch all[name] {
        case nil, .null: return nil
        case .bool(let flag): return flag
        default:
            throw Refusal(
                code: "bad_flag", message: "'\(name)' is true or false, without quotes.",
                field: "custom_fields.\(name)")
        }
    }

    /// Passes fields whose flags are flags. Failure: a ``Refusal`` with the one that is none.
    ///
    /// WHY: `"false"` in quotes must not count as left out, for what is left out counts as matching.
    func checkForms() throws(Refusal) {
        for name in ["matched", "match", "cancel_subscription"] { _ = try flag(name) }
        _ = try subscriptionAction()
    }

    // MARK: A return

    /// The return that is asked for. Each entry of `items_to_return` is one unit.
    ///
    /// Failure: a ``Refusal`` with the field that is wrong.
    func returnRequest(of orderID: OrderID) throws(Refusal) -> ReturnRequest {
        try checkForms()
        guard let items = try units("items_to_return"), !items.isEmpty else {
            throw Refusal(
                code: "no_lines", message: "List the SKUs to return, one entry a unit.",
                field: "custom_fields.items_to_return")
        }
        let reason = text("return_reason")
        var lines = items.map { ReturnRequest.Line(sku: $0.sku, quantity: $0.count, reason: reason) }
        let evidence = evidence(for: lines.count)
        if !evidence.isEmpty { for index in lines.indices { lines[index].evidence = evidence } }
        var request = ReturnRequest(orderID: "\(orderID)", lines: lines, resolution: try resolution())
        request.exchangeLines = try exchangeLines()
        request.cancelSubscription = try flag("cancel_subscription")
        request.subscriptionAction = try subscriptionAction()
        request.currency = text("currency")
        // WHY: whoever writes a ticket may not be able to do better: what is no language is left out.
        request.locale = text("locale").flatMap { LanguageTag($0)?.text }
        return request
    }

    /// How many units of each SKU a list names, one entry a unit; nil where it is no list.
    private func units(_ name: String) throws(Refusal) -> [(sku: String, count: Int)]? {
        guard case .array(let items)? = all[name] else { return nil }
        var units: [(sku: String, count: Int)] = []
        for (index, item) in items.enumerated() {
            guard let sku = item.text, !sku.isEmpty else {
                throw Refusal(
                    code: "unknown_sku", message: "An entry is a SKU.", field: "custom_fields.\(name).\(index)")
            }
            if let same = units.firstIndex(where: { $0.sku == sku }) {
                units[same].count += 1
            } else {
                units.append((sku, 1))
            }
        }
        return units
    }

    /// What is wanted instead.
    private func exchangeLines() throws(Refusal) -> [ReturnRequest.ExchangeLine]? {
        guard let wanted = all["exchange_items"], wanted != .null else { return nil }
        guard let listed = try units("exchange_items") else {
            throw Self.place(
                Refusal(code: "no_exchange_lines", message: "It is no list.", field: "exchange_lines"))
        }
        guard listed.reduce(0, { $0 + $1.count }) <= ReturnRequest.unitsMax else {
            throw Refusal(
                code: "too_many_units", message: "An exchange is for at most \(ReturnRequest.unitsMax) units.",
                field: "custom_fields.exchange_items")
        }
        return listed.map { .init(sku: $0.sku, quantity: $0.count) }
    }

    /// What a ticket shows of all that comes back: what is usable of it, as far as it fits beside each of so many lines.
    ///
    /// WHY: whoever writes a ticket may not be able to do better. What is left out stays on the ticket, which says so.
    private func evidence(for lines: Int) -> [ReturnRequest.Evidence] {
        let usable = evidenceEntries.compactMap { entry -> ReturnRequest.Evidence? in
            guard let url = entry.text ?? entry["url"]?.text, PictureURL.isAcceptable(url) else { return nil }
            return .init(url: url, note: entry["note"]?.text.flatMap(Self.note))
        }
        return Array(usable.prefix(min(ReturnRequest.evidenceMax, ReturnRequest.evidenceInAllMax / max(1, lines))))
    }

    private static func note(_ text: String) -> String? {
        let note = String(text.prefix(ReturnRequest.noteCharactersMax))
        return note.utf8.count <= ReturnRequest.noteBytesMax ? note : nil
    }

    /// What is written in `evidence`: a list of URLs, each with a note or without one, or one URL.
    var evidenceEntries: [JSONValue] {
        switch all["evidence"] {
        case nil, .null: []
        case .array(let entries): entries
        case let entry?: [entry]
        }
    }

    private func resolution() throws(Refusal) -> ReturnResolution? {
        guard let text = text("resolution") else { return nil }
        guard let resolution = ReturnResolution(rawValue: text) else {
            let known = ReturnResolution.ofReturns.map(\.rawValue).joined(separator: ", ")
            throw Refusal(
                code: "unknown_resolution", message: "'\(text)' is none of: \(known).",
                field: "custom_fields.resolution")
        }
        return resolution
    }

    private func subscriptionAction() throws(Refusal) -> SubscriptionAction? {
        guard let text = text("subscription_action") else { return nil }
        guard let action = SubscriptionAction(rawValue: text) else {
            let known = SubscriptionAction.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(
                code: "unknown_action", message: "'\(text)' is none of: \(known).",
                field: "custom_fields.subscription_action")
        }
        return action
    }

    /// Where in a ticket the fault of a return request lies.
    static func place(_ refusal: Refusal) -> Refusal {
        var refusal = refusal
        guard let field = refusal.field else { return refusal }
        switch field {
        case "order_id", "order_number": refusal.field = "custom_fields.order_id"
        case let line where line.hasSuffix(".reason"): refusal.field = "custom_fields.return_reason"
        case let line where line.contains(".evidence"): refusal.field = "custom_fields.evidence"
        case let line where line.hasPrefix("lines"): refusal.field = "custom_fields.items_to_return"
        case "resolution", "currency", "subscription_action": refusal.field = "custom_fields.\(field)"
        case let line where line.hasPrefix("exchange_lines"):
            refusal.field = "custom_fields.exchange_items"
            if refusal.code == "no_exchange_lines" {
                refusal.message = "List the SKUs that are wanted instead in 'exchange_items', one entry a unit."
            } else if refusal.code == "not_an_exchange" {
                refusal.message = "'exchange_items' go with the resolution 'exchange'."
            }
        default: break
        }
        return refusal
    }

    // MARK: Condition

    /// The grade that the condition stands for. Failure: a ``Refusal`` for a word that is none.
    func grade() throws(Refusal) -> GoodsGrade? {
        guard let text = text("condition") else { return nil }
        guard let grade = GoodsGrade(condition: text) else {
            throw Refusal(
                code: "unknown_grade", message: "'\(text)' is none of: good, fair, poor, damaged, A, B, C, D.",
                field: "custom_fields.condition")
        }
        return grade
    }

    /// Whether the goods are what was sold: as it is said, and with a condition alone they are.
    ///
    /// Failure: a ``Refusal`` for what is neither true nor false.
    func matched() throws(Refusal) -> Bool? {
        if let told = try flag("matched") { return told }
        if let told = try flag("match") { return told }
        return text("condition") == nil ? nil : true
    }

    /// What it says of everything that is here. Failure: a ``Refusal`` as of ``grade()`` and ``matched()``.
    func condition() throws(Refusal) -> GoodsCondition {
        GoodsCondition(grade: try grade(), matched: try matched(), checklist: checklist, photos: photos)
    }

    /// Answers to the policy's checklist by their ids: `true`, `false` or `{"passed", "note"}`. What is neither is no answer,
    /// and missed where one is needed.
    var checklist: [String: ChecklistAnswer]? {
        guard case .object(let answers)? = all["checklist"] else { return nil }
        return answers.compactMapValues { answer -> ChecklistAnswer? in
            if case .bool(let passed) = answer { return ChecklistAnswer(passed) }
            guard case .bool(let passed)? = answer["passed"] else { return nil }
            return ChecklistAnswer(passed, note: answer["note"]?.text)
        }
    }

    private var photos: [String]? {
        guard case .array(let photos)? = all["photos"] else { return nil }
        return photos.map { $0.text ?? "" }
    }

    // MARK: Change

    /// Takes over what is given; null removes a field.
    mutating func merge(_ other: TicketFields) {
        for (name, value) in other.all { all[name] = value == .null ? nil : value }
    }
}
