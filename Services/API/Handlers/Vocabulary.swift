import Commerce
import Foundation

extension Endpoint {
    /// What statuses mean and which follows which, from the tables that decide it: nobody has to copy them.
    static func vocabulary() -> [Endpoint] {
        [
            .lifeCycle("returns", .returnsRead, .returns), .lifeCycle("tickets", .ticketsRead, .tickets),
            .lifeCycle("warranties", .warrantiesRead, .warranties), .lifeCycle("refunds", .returnsRead, .refunds),
        ]
    }

    private static func lifeCycle(_ noun: String, _ scope: Scope, _ document: LifeCycleDocument) -> Endpoint {
        .get(
            "/vocabulary/\(noun)", scope,
            .show(
                "vocabularyOf\(noun.capitalized)",
                "The statuses of \(noun): what they mean, which follows which and who may cause it, what others call them",
                "LifeCycle")
        ) { _ in .ok(try JSON(encoding: document)) }
    }
}
