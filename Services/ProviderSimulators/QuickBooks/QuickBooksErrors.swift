/// `Fault`, as every refusal of QuickBooks holds.
extension Refusal {
    static func quickBooks(
        _ status: Int, _ code: String, _ message: String, _ detail: String, type: String = "ValidationFault",
        element: String = ""
    ) -> Refusal {
        let error: JSON = [
            "Message": .string(message), "Detail": .string(detail), "code": .string(code), "element": .string(element),
        ]
        return Refusal(response: .json(["Fault": ["Error": [error], "type": .string(type)]], status: status))
    }

    static func quickBooksGone(_ entity: String, _ id: String) -> Refusal {
        quickBooks(
            400, "610", "Object Not Found",
            "Object Not Found : Something you're trying to use has been made inactive. \(entity) \(id)")
    }

    /// A member that is missing, unknown or wrong.
    @Sendable static func quickBooks(field: String, _ problem: StrictFields.Problem) -> Refusal {
        switch problem {
        case .missing:
            quickBooks(
                400, "2020", "Required param missing, need to supply the required value for the API",
                "Required parameter \(field) is missing in the request", element: field)
        case .unknown:
            quickBooks(
                400, "2010", "Request has invalid or unsupported property",
                "Property Name:\(field) specified is unsupported or invalid", element: field)
        case .wrong(let rule):
            quickBooks(400, "2010", "Request has invalid or unsupported property", "\(field) \(rule)", element: field)
        }
    }

    static func quickBooksReference(_ field: String, _ id: String) -> Refusal {
        quickBooks(400, "2500", "Invalid Reference Id", "Invalid Reference Id : \(field) \(id)", element: field)
    }

    static func quickBooksRule(_ detail: String, code: String = "6000") -> Refusal {
        quickBooks(400, code, "A business validation error has occurred while processing your request", detail)
    }
}
