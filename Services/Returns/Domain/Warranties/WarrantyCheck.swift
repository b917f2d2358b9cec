import Commerce
import Contracts
import Foundation
import Messaging
import Providers

/// What is wrong with a claim as it is made, whatever the terms say.
enum WarrantyCheck {
    // LIMIT: as many pictures as a person looks at, and what an address line holds.
    private static let evidenceMax = 20
    private static let urlCharactersMax = 2_000

    /// Failure: a ``Refusal`` with the field that is wrong.
    static func check(_ request: WarrantyRequest) throws(Refusal) {
        guard (request.quantity ?? 1) > 0 else {
            throw Refusal(code: "bad_quantity", message: "Give a quantity of one or more.", field: "quantity")
        }
        guard !request.problem.allSatisfy(\.isWhitespace) else {
            throw Refusal(code: "no_problem", message: "Say what is wrong with the goods.", field: "problem")
        }
        let evidence = request.evidence ?? []
        guard evidence.count <= evidenceMax else {
            throw Refusal(
                code: "too_many", message: "Give at most \(evidenceMax) pictures.", field: "evidence")
        }
        for (index, picture) in evidence.enumerated() {
            try check(url: picture.url, "evidence.\(index).url")
        }
        try check(request.helpdesk)
        try CustomerLocale.check(request.locale)
        for (field, address) in [("ship_from", request.shipFrom), ("ship_to", request.shipTo)] {
            if let address { try check(address, field) }
        }
        if let target = request.shipTo { try check(target: target) }
    }

    /// WHY: nothing here ever fetches it, but somebody will click on it: only what a browser shows is taken.
    static func check(url text: String, _ field: String) throws(Refusal) {
        guard text.count <= urlCharactersMax, let url = URLComponents(string: text),
            ["https", "http"].contains(url.scheme?.lowercased()), url.host?.isEmpty == false, url.user == nil,
            url.password == nil
        else {
            throw Refusal(code: "bad_url", message: "Give a https URL, without credentials.", field: field)
        }
    }

    private static func check(_ helpdesk: ReturnRequest.Helpdesk?) throws(Refusal) {
        guard let helpdesk, !HelpdeskCatalog.names.contains(helpdesk.provider) else { return }
        let known = HelpdeskCatalog.names.joined(separator: ", ")
        throw Refusal(
            code: "unknown_provider", message: "'\(helpdesk.provider)' is none of: \(known).",
            field: "helpdesk.provider")
    }

    private static func check(_ address: Address, _ field: String) throws(Refusal) {
        guard address.country?.isEmpty != false else { return }
        throw Refusal(
            code: "bad_address", message: "The address has no 'country'; give its two letters.",
            field: "\(field).country")
    }

    /// Where new goods go, a carrier has to find: a country alone is no place.
    private static func check(target: Address) throws(Refusal) {
        for (name, text) in [("street1", target.street1), ("city", target.city)]
        where text?.allSatisfy(\.isWhitespace) != false {
            throw Refusal(
                code: "bad_address", message: "The address has no '\(name)'; give where new goods go.",
                field: "ship_to.\(name)")
        }
    }
}

extension WarrantyRequest {
    /// Where new goods are asked to go; nil where the order has to tell. What the label needs of a sender is less than that.
    var target: Address? {
        shipTo ?? shipFrom.flatMap { $0.street1?.isEmpty == false && $0.city?.isEmpty == false ? $0 : nil }
    }
}
