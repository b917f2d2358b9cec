import Foundation

/// What a workspace promises for the goods it sells. Plans are asked in their order; the first that is about the goods
/// counts.
///
/// Terms that were read from JSON are without errors: ``reading(_:)`` tells what is wrong with those that are not.
public struct WarrantyTerms: Hashable, Sendable {
    /// Given by the store of terms, counted up with every change.
    public var version: Int = 0
    /// The currency of the plans' amounts; nil when they stand for any currency.
    public var currency: Currency?
    /// Whose days count: a name of the IANA time zone database.
    public var timeZone = "UTC"
    public var plans: [WarrantyPlan]
    /// How long a review, or an inspection, may take.
    public var reviewSLA: Duration = .days(1)
    /// After how long a claim expires whose goods were not sent in.
    public var expiry: Duration = .days(30)
    /// When the customer is reminded, from the label on.
    public var reminders: [Duration] = []

    public init(plans: [WarrantyPlan]) {
        self.plans = plans
    }

    public var calendar: ShopCalendar { ShopCalendar(timeZone: timeZone) }

    /// Nil for goods that nothing is promised for.
    public func plan(for sku: String) -> WarrantyPlan? { plans.first { $0.isFor(sku) } }

    // LIMIT: plans are compared with each other; a shop with more of them needs fewer.
    static let plansMax = 100

    static let form = PolicyForm(
        initial: WarrantyTerms(plans: []),
        members: [
            PolicyMember("version", \.version, .whole(0...Int(Int32.max))),
            PolicyMember(optional: "currency", \.currency, .currency),
            PolicyMember("time_zone", \.timeZone, .timeZone),
            PolicyMember("plans", \.plans, .list(WarrantyPlan.form.codec), required: true),
            PolicyMember("review_sla", \.reviewSLA, .duration),
            PolicyMember("expiry", \.expiry, .duration),
            PolicyMember("reminders", \.reminders, .list(.duration)),
        ])
}

/// In the JSON form of the API. Reading refuses what is wrong in form; what is wrong in meaning is found by
/// `reading`, once, when terms come in.
extension WarrantyTerms: Codable {
    public init(from decoder: any Decoder) throws {
        self = try Self.form.decoded(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        try Self.form.write(self).encode(to: encoder)
    }
}

extension WarrantyTerms {
    /// Reads terms that somebody has written.
    ///
    /// Failure: everything that is wrong with them, in form and in meaning, at once.
    public static func reading(_ json: Data) throws(ReturnPolicyRefusal) -> WarrantyTerms {
        guard let value = try? JSONDecoder().decode(PolicyJSON.self, from: json) else {
            throw ReturnPolicyRefusal(problems: [
                .init(.notJSON, field: "", "The terms are no JSON; send one JSON object.")
            ])
        }
        var readings = PolicyReadings()
        guard let terms = form.read(value, &readings), readings.problems.isEmpty else {
            throw ReturnPolicyRefusal(problems: readings.problems)
        }
        let problems = terms.problems
        guard problems.isEmpty else { throw ReturnPolicyRefusal(problems: problems) }
        return terms
    }

    /// The terms of a workspace that has set none: a year from delivery against faults of the goods themselves, made
    /// good by new goods or else by the money; the goods are sent in and looked at; a person looks at claims above 500.
    public static let standard: WarrantyTerms = {
        var plan = WarrantyPlan(
            id: "standard", term: .year, covers: ["defect", "malfunction", "material", "workmanship"],
            remedies: [.replacement, .refund])
        plan.excludes = ["accident", "misuse", "wear", "loss", "theft"]
        plan.approvalLimit = ReturnAmount("500.00")
        var terms = WarrantyTerms(plans: [plan])
        terms.reminders = [.days(7), .days(21)]
        return terms
    }()
}
