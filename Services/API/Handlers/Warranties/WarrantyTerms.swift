import Commerce
import Contracts
import Foundation
import Messaging
import Postgres

extension Endpoint {
    static func showWarrantyTerms(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/warranty-terms", .warrantiesRead,
            .show("showWarrantyTerms", "The warranty terms in force; version 0 are the standard ones", "WarrantyTerms")
        ) { request in
            .ok(try JSON(encoding: await WarrantyReader.terms(in: request.workspaceID, pool)))
        }
    }

    static func setWarrantyTerms(_ pool: PostgresPool, _ sender: CommandSender) -> Endpoint {
        .put(
            "/warranty-terms", .policiesWrite,
            Operation(
                id: "setWarrantyTerms",
                summary: "Puts warranty terms in force as the next version; 422 names the member that is wrong",
                body: "WarrantyTerms", answers: [200: "WarrantyTerms"])
        ) { request in
            // Refuses what is no JSON with 400 before it is sent.
            let _: JSON = try request.decode()
            do {
                _ = try WarrantyTerms.reading(Data(request.body))
            } catch let refusal as ReturnPolicyRefusal {
                throw Problem(refusal)
            }
            let text = String(decoding: request.body, as: UTF8.self)
            let outcome = try await sender.send(
                SetWarrantyTerms(terms: text), subject: "warranty-terms", for: request)
            _ = try outcome.answered(orElse: "The terms were sent and not answered yet; look again.")
            return .ok(try JSON(encoding: await WarrantyReader.terms(in: request.workspaceID, pool)))
        }
    }
}
