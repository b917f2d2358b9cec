import Commerce
import Messaging
import Postgres
import Views

extension Endpoint {
    static func showReturnLabel(_ pool: PostgresPool) -> Endpoint {
        .get(
            "/returns/{id}/label", .returnsRead,
            Operation(
                id: "showReturnLabel", summary: "The label that a return's customer was sent, to be sent again",
                query: [
                    .init(
                        name: "part",
                        description: "label for its page, code for what the carrier takes in the place of paper; "
                            + "label when left out.",
                        schema: Schemas.oneOf(LabelPart.allCases.map(\.rawValue)))
                ], answers: [:], files: ["application/pdf", "image/*"])
        ) { request in
            let name = try request.query.oneOf("part", LabelPart.allCases.map(\.rawValue))
            let part = name.flatMap(LabelPart.init(rawValue:)) ?? .label
            let record = try await ReturnReader.record(request, pool)
            let id = try part.document(of: record)
            guard let file = try await DocumentStore.find([id], of: request.workspaceID, in: pool).first else {
                throw Problem.noLabel("Its document is not kept any more.")
            }
            return .file(file)
        }
    }
}

private enum LabelPart: String, CaseIterable {
    case label, code

    /// Failure: 404 where there is none that could be used.
    func document(of record: ReturnRecord) throws(Problem) -> DocumentID {
        guard let label = record.label else { throw .noLabel("The return has no label of ours.") }
        guard !label.isVoided else { throw .noLabel("The return's label was given back and takes no parcel.") }
        switch self {
        case .label:
            guard let id = label.documentID else { throw .noLabel("The label has no document.") }
            return id
        case .code:
            guard let id = label.paperless?.documentID else {
                throw .noLabel(label.paperless?.missing ?? "The label has no code in the place of paper.")
            }
            return id
        }
    }
}

extension Problem {
    fileprivate static func noLabel(_ detail: String) -> Problem { Problem(404, "no_label", detail) }
}
