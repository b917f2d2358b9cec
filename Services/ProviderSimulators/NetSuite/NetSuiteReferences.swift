import Foundation

/// Checks that what a body refers to exists.
extension NetSuiteSimulator {
    /// The id in a reference: `{"id":"107"}`, or a bare id.
    static func reference(_ json: JSON) -> Int? {
        (json["id"].scalarText ?? json.scalarText).flatMap { Int($0) }
    }

    func checkReferences(_ fields: JSONObject) throws {
        try check(fields["location"], path: "location") { Self.locations[$0] != nil }
        try check(fields["currency"], path: "currency") { Self.currencies[$0] != nil }
        try check(fields["subsidiary"], path: "subsidiary") { $0 == 1 }
        if let date = fields["tranDate"], !date.isNull { try Self.checkDate(date, path: "tranDate") }
    }

    func location(_ json: JSON?, path: String) throws -> Int? {
        guard let json, !json.isNull else { return nil }
        guard let id = Self.reference(json), Self.locations[id] != nil else {
            throw Refusal.invalidValue(Self.shown(json), path: path)
        }
        return id
    }

    func entity(_ json: JSON, path: String) throws -> Int {
        guard !json.isNull else { throw Refusal.missing("Customer", path: path) }
        if let external = json["externalId"].string, let found = customers.first(where: { $0.externalID == external }) {
            return found.id
        }
        guard let id = Self.reference(json), customer(id) != nil || id == Self.vendorID else {
            throw Refusal.invalidValue(Self.shown(json), path: path)
        }
        return id
    }

    func itemID(_ json: JSON, path: String) throws -> NetSuiteItem {
        guard let found = item(Self.reference(json)), !found.isInactive else {
            throw Refusal.invalidValue(Self.shown(json), path: path)
        }
        return found
    }

    private func check(_ json: JSON?, path: String, _ exists: (Int) -> Bool) throws {
        guard let json, !json.isNull else { return }
        guard let id = Self.reference(json), exists(id) else {
            throw Refusal.invalidValue(Self.shown(json), path: path)
        }
    }

    private static func checkDate(_ json: JSON, path: String) throws {
        guard let text = json.string, text.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil,
            Timestamps.parse(text, zone: zone) != nil
        else { throw Refusal.invalidValue(shown(json), path: path) }
    }

    static func shown(_ json: JSON) -> String {
        json["id"].scalarText ?? json["externalId"].string ?? json.scalarText ?? json.compactText
    }
}
