/// The text of `tenants/contoso/tenant.json`. Copied from there; a test compares the two.
enum ContosoFixture {
    static let tenant = #"""
        {
          "displayName": "Contoso",
          "seed": 2026,
          "domains": ["contoso.example", "contoso.onmicrosoft.com"],
          "createdDateTime": "2025-09-01T08:00:00Z",
          "defaultPassword": "Fixture-Only-2026!",
          "users": [
            {
              "userPrincipalName": "patti.fernandez@contoso.example", "givenName": "Patti",
              "surname": "Fernandez", "displayName": "Patti Fernandez",
              "mail": "patti.fernandez@contoso.example", "jobTitle": "President",
              "department": "Executive Management", "employeeId": "10001", "officeLocation": "15/1102",
              "businessPhones": ["+1 206 555 0100"], "mobilePhone": "+1 206 555 0180",
              "streetAddress": "1 Lake Street", "city": "Seattle", "state": "WA", "postalCode": "98109",
              "country": "United States", "usageLocation": "US", "preferredLanguage": "en-US"
            },
            {
              "userPrincipalName": "miriam.graham@contoso.example", "givenName": "Miriam",
              "surname": "Graham", "displayName": "Miriam Graham",
              "mail": "miriam.graham@contoso.example", "jobTitle": "VP Marketing",
              "department": "Sales & Marketing", "employeeId": "10002", "officeLocation": "24/2107",
              "businessPhones": ["+1 206 555 0109"], "streetAddress": "1 Lake Street", "city": "Seattle",
              "state": "WA", "postalCode": "98109", "country": "United States", "usageLocation": "US",
              "preferredLanguage": "en-US", "manager": "patti.fernandez@contoso.example"
            },
            {
              "userPrincipalName": "lynne.robbins@contoso.example", "givenName": "Lynne",
              "surname": "Robbins", "displayName": "Lynne Robbins",
              "mail": "lynne.robbins@contoso.example", "jobTitle": "VP Engineering",
              "department": "Engineering", "employeeId": "10003", "officeLocation": "20/1104",
              "businessPhones": ["+1 206 555 0104"], "mobilePhone": "+1 206 555 0184",
              "streetAddress": "1 Lake Street", "city": "Seattle", "state": "WA", "postalCode": "98109",
              "country": "United States", "usageLocation": "US", "preferredLanguage": "en-US",
              "manager": "patti.fernandez@contoso.example"
            },
            {
              "userPrincipalName": "nestor.wilke@contoso.example", "givenName": "Nestor",
              "surname": "Wilke", "displayName": "Nestor Wilke", "mail": "nestor.wilke@contoso.example",
              "jobTitle": "Director Operations", "department": "Operations", "employeeId": "10004",
              "officeLocation": "36/2121", "businessPhones": ["+1 206 555 0105"],
              "streetAddress": "1 Lake Street", "city": "Seattle", "state": "WA", "postalCode": "98109",
              "country": "United States", "usageLocation": "US", "preferredLanguage": "en-US",
              "manager": "patti.fernandez@contoso.example"
            },
            {
              "userPrincipalName": "lee.gu@contoso.example", "givenName": "Lee", "surname": "Gu",
              "displayName": "Lee Gu", "mail": "lee.gu@contoso.example", "jobTitle": "Finance Director",
              "department": "Finance", "employeeId": "10005", "officeLocation": "23/3101",
              "businessPhones": ["+44 20 5550 0112"], "streetAddress": "12 Mill Lane", "city": "London",
              "postalCode": "EC2R 8AH", "country": "United Kingdom", "usageLocation": "GB",
              "preferredLanguage": "en-GB", "manager": "patti.fernandez@contoso.example"
            },
            {
              "userPrincipalName": "adele.vance@contoso.example", "givenName": "Adele",
              "surname": "Vance", "displayName": "Adele Vance", "mail": "adele.vance@contoso.example",
              "jobTitle": "Retail Manager", "department": "Retail", "employeeId": "10006",
              "officeLocation": "18/2111", "businessPhones": ["+1 206 555 0110"],
              "mobilePhone": "+1 206 555 0190", "streetAddress": "1 Lake Street", "city": "Seattle",
              "state": "WA", "postalCode": "98109", "country": "United States", "usageLocation": "US",
              "preferredLanguage": "en-US", "manager": "miriam.graham@contoso.example"
            },
            {
              "userPrincipalName": "alex.wilber@contoso.example", "givenName": "Alex",
              "surname": "Wilber", "displayName": "Alex Wilber", "mail": "alex.wilber@contoso.example",
              "jobTitle": "Marketing Assistant", "department": "Sales & Marketing", "employeeId": "10007",
              "officeLocation": "131/1104", "businessPhones": ["+1 206 555 0111"],
              "streetAddress": "1 Lake Street", "city": "Seattle", "state": "WA", "postalCode": "98109",
              "country": "United States", "usageLocation": "US", "preferredLanguage": "en-US",
              "manager": "miriam.graham@contoso.example"
            },
            {
              "userPrincipalName": "megan.bowen@contoso.example", "givenName": "Megan",
              "surname": "Bowen", "displayName": "Megan Bowen", "mail": "megan.bowen@contoso.example",
              "jobTitle": "Marketing Manager", "department": "Sales & Marketing", "employeeId": "10008",
              "officeLocation": "12/1110", "businessPhones": ["+1 206 555 0112"],
              "streetAddress": "1 Lake Street", "city": "Seattle", "state": "WA", "postalCode": "98109",
              "country": "United States", "usageLocation": "US", "preferredLanguage": "en-US",
              "manager": "miriam.graham@contoso.example"
            },
            {
              "userPrincipalName": "isaiah.langer@contoso.example", "givenName": "Isaiah",
              "surname": "Langer", "displayName": "Isaiah Langer",
              "mail": "isaiah.langer@contoso.example", "jobTitle": "Sales Representative",
              "department": "Sales & Marketing", "employeeId": "10009", "officeLocation": "20/1101",
              "businessPhones": ["+1 206 555 0113"], "streetAddress": "1 Lake Street", "city": "Seattle",
              "state": "WA", "postalCode": "98109", "country": "United States", "usageLocation": "US",
              "manager": "miriam.graham@contoso.example"
            },
            {
              "userPrincipalName": "johanna.lorenz@contoso.example", "givenName": "Johanna",
              "surname": "Lorenz", "displayName": "Johanna Lorenz",
              "mail": "johanna.lorenz@contoso.example", "jobTitle": "Senior Engineer",
              "department": "Engineering", "employeeId": "10010", "officeLocation": "23/2102",
              "businessPhones": ["+49 30 5550 0114"], "mobilePhone": "+49 151 5550 0194",
              "streetAddress": "Lindenweg 4", "city": "Berlin", "postalCode": "10117",
              "country": "Germany", "usageLocation": "DE", "preferredLanguage": "de-DE",
              "manager": "lynne.robbins@contoso.example"
            },
            {
              "userPrincipalName": "henrietta.mueller@contoso.example", "givenName": "Henrietta",
              "surname": "Müller", "displayName": "Henrietta Müller",
              "mail": "henrietta.mueller@contoso.example", "jobTitle": "Developer",
              "department": "Engineering", "employeeId": "10011", "officeLocation": "18/1106",
              "businessPhones": ["+49 30 5550 0115"], "streetAddress": "Lindenweg 4", "city": "Berlin",
              "postalCode": "10117", "country": "Germany", "usageLocation": "DE",
              "preferredLanguage": "de-DE", "manager": "lynne.robbins@contoso.example"
            },
            {
              "userPrincipalName": "irvin.sayers@contoso.example", "givenName": "Irvin",
              "surname": "Sayers", "displayName": "Irvin Sayers", "mail": "irvin.sayers@contoso.example",
              "jobTitle": "Project Manager", "department": "Engineering", "employeeId": "10012",
              "officeLocation": "20/2109", "businessPhones": ["+1 206 555 0116"],
              "streetAddress": "1 Lake Street", "city": "Seattle", "state": "WA", "postalCode": "98109",
              "country": "United States", "usageLocation": "US", "preferredLanguage": "en-US",
              "manager": "lynne.robbins@contoso.example"
            },
            {
              "userPrincipalName": "grady.archie@contoso.example", "givenName": "Grady",
              "surname": "Archie", "displayName": "Grady Archie", "mail": "grady.archie@contoso.example",
              "jobTitle": "Designer", "department": "Engineering", "employeeId": "10013",
              "officeLocation": "19/2109", "streetAddress": "1 Lake Street", "city": "Seattle",
              "state": "WA", "postalCode": "98109", "country": "United States", "usageLocation": "US",
              "preferredLanguage": "en-US", "manager": "lynne.robbins@contoso.example"
            },
            {
              "userPrincipalName": "diego.siciliani@contoso.example", "givenName": "Diego",
              "surname": "Siciliani", "displayName": "Diego Siciliani",
              "mail": "diego.siciliani@contoso.example", "jobTitle": "HR Manager",
              "department": "Human Resources", "employeeId": "10014", "officeLocation": "14/1108",
              "businessPhones": ["+1 206 555 0118"], "streetAddress": "1 Lake Street", "city": "Seattle",
              "state": "WA", "postalCode": "98109", "country": "United States", "usageLocation": "US",
              "preferredLanguage": "en-US", "manager": "nestor.wilke@contoso.example"
            },
            {
              "userPrincipalName": "christie.cline@contoso.example", "givenName": "Christie",
              "surname": "Cline", "displayName": "Christie Cline",
              "mail": "christie.cline@contoso.example", "jobTitle": "Buyer", "department": "Operations",
              "employeeId": "10015", "businessPhones": ["+1 206 555 0119"],
              "streetAddress": "1 Lake Street", "city": "Seattle", "state": "WA", "postalCode": "98109",
              "country": "United States", "usageLocation": "US", "preferredLanguage": "en-US",
              "manager": "nestor.wilke@contoso.example"
            },
            {
              "userPrincipalName": "joni.sherman@contoso.example", "givenName": "Joni",
              "surname": "Sherman", "displayName": "Joni Sherman", "mail": "joni.sherman@contoso.example",
              "jobTitle": "Paralegal", "department": "Legal", "employeeId": "10016",
              "officeLocation": "20/1109", "businessPhones": ["+44 20 5550 0120"],
              "streetAddress": "12 Mill Lane", "city": "London", "postalCode": "EC2R 8AH",
              "country": "United Kingdom", "usageLocation": "GB", "preferredLanguage": "en-GB",
              "manager": "lee.gu@contoso.example"
            },
            {
              "userPrincipalName": "enrico.cattaneo@contoso.example", "givenName": "Enrico",
              "surname": "Cattaneo", "displayName": "Enrico Cattaneo",
              "mail": "enrico.cattaneo@contoso.example", "jobTitle": "Attorney", "department": "Legal",
              "employeeId": "10017", "officeLocation": "18/1105", "businessPhones": ["+44 20 5550 0121"],
              "streetAddress": "12 Mill Lane", "city": "London", "postalCode": "EC2R 8AH",
              "country": "United Kingdom", "usageLocation": "GB", "preferredLanguage": "en-GB",
              "manager": "lee.gu@contoso.example"
            },
            {
              "userPrincipalName": "pradeep.gupta@contoso.example", "givenName": "Pradeep",
              "surname": "Gupta", "displayName": "Pradeep Gupta", "mail": "pradeep.gupta@contoso.example",
              "jobTitle": "Accountant", "department": "Finance", "employeeId": "10018",
              "officeLocation": "98/2202", "businessPhones": ["+44 20 5550 0122"],
              "streetAddress": "12 Mill Lane", "city": "London", "postalCode": "EC2R 8AH",
              "country": "United Kingdom", "usageLocation": "GB", "preferredLanguage": "en-GB",
              "manager": "lee.gu@contoso.example"
            },
            {
              "userPrincipalName": "debra.berger@contoso.example", "givenName": "Debra",
              "surname": "Berger", "displayName": "Debra Berger", "mail": "debra.berger@contoso.example",
              "jobTitle": "Administrative Assistant", "department": "Executive Management",
              "employeeId": "10019", "officeLocation": "18/2107", "preferredLanguage": "en-US",
              "manager": "patti.fernandez@contoso.example"
            },
            {
              "userPrincipalName": "allan.deyoung@contoso.example", "givenName": "Allan",
              "surname": "Deyoung", "displayName": "Allan Deyoung",
              "mail": "allan.deyoung@contoso.example", "jobTitle": "IT Admin", "department": "IT",
              "employeeId": "10020", "officeLocation": "24/1106", "businessPhones": ["+1 206 555 0124"],
              "streetAddress": "1 Lake Street", "city": "Seattle", "state": "WA", "postalCode": "98109",
              "country": "United States", "usageLocation": "US", "preferredLanguage": "en-US",
              "manager": "nestor.wilke@contoso.example", "signIn": { "requiresMFA": true }
            },
            {
              "userPrincipalName": "emily.braun@contoso.example", "givenName": "Emily",
              "surname": "Braun", "displayName": "Emily Braun", "mail": "emily.braun@contoso.example",
              "jobTitle": "Budget Analyst", "department": "Finance", "employeeId": "10021",
              "officeLocation": "97/2302", "streetAddress": "12 Mill Lane", "city": "London",
              "postalCode": "EC2R 8AH", "country": "United Kingdom", "usageLocation": "GB",
              "preferredLanguage": "en-GB", "manager": "lee.gu@contoso.example",
              "passwordProfile": { "password": "Fixture-Only-2026!", "isExpired": true }
            },
            {
              "userPrincipalName": "jordan.miller@contoso.example", "givenName": "Jordan",
              "surname": "Miller", "displayName": "Jordan Miller",
              "manager": "diego.siciliani@contoso.example",
              "signIn": { "lockedUntil": "2099-01-01T00:00:00Z" }
            },
            {
              "userPrincipalName": "ben.walters@contoso.example", "givenName": "Ben",
              "surname": "Walters", "displayName": "Ben Walters", "mail": "ben.walters@contoso.example",
              "jobTitle": "VP Sales", "department": "Sales & Marketing", "employeeId": "10023",
              "officeLocation": "19/3123", "businessPhones": ["+1 206 555 0127"],
              "streetAddress": "1 Lake Street", "city": "Seattle", "state": "WA", "postalCode": "98109",
              "country": "United States", "usageLocation": "US", "preferredLanguage": "en-US",
              "manager": "miriam.graham@contoso.example", "accountEnabled": false
            },
            {
              "userPrincipalName": "delia.dennis@contoso.example", "givenName": "Delia",
              "surname": "Dennis", "displayName": "Delia Dennis", "mail": "delia.dennis@contoso.example",
              "jobTitle": "Store Associate", "department": "Retail", "employeeId": "10024",
              "streetAddress": "1 Lake Street", "city": "Seattle", "state": "WA", "postalCode": "98109",
              "country": "United States", "usageLocation": "US", "preferredLanguage": "es-MX",
              "manager": "adele.vance@contoso.example",
              "passwordProfile": { "password": "Fixture-Only-2026!", "forceChangePasswordNextSignIn": true }
            },
            {
              "userPrincipalName": "kiosk@contoso.example", "displayName": "Kiosk Terminal 7",
              "department": "Retail"
            },
            {
              "userPrincipalName": "sofia.keller_fabrikam.example#EXT#@contoso.onmicrosoft.com",
              "displayName": "Sofia Keller", "givenName": "Sofia", "surname": "Keller",
              "mail": "sofia.keller@fabrikam.example", "userType": "Guest", "companyName": "Fabrikam",
              "jobTitle": "Consultant"
            }
          ],
          "groups": [
            {
              "displayName": "Engineering", "description": "Everybody in engineering",
              "members": [
                "lynne.robbins@contoso.example", "johanna.lorenz@contoso.example",
                "henrietta.mueller@contoso.example", "irvin.sayers@contoso.example",
                "grady.archie@contoso.example"
              ]
            },
            {
              "displayName": "Sales and Marketing", "description": "Everybody in sales and marketing",
              "members": [
                "miriam.graham@contoso.example", "alex.wilber@contoso.example",
                "megan.bowen@contoso.example", "isaiah.langer@contoso.example",
                "ben.walters@contoso.example"
              ]
            },
            {
              "displayName": "Retail", "description": "Stores",
              "members": ["adele.vance@contoso.example", "delia.dennis@contoso.example", "kiosk@contoso.example"]
            },
            {
              "displayName": "Finance and Legal",
              "members": [
                "lee.gu@contoso.example", "pradeep.gupta@contoso.example", "emily.braun@contoso.example",
                "joni.sherman@contoso.example", "enrico.cattaneo@contoso.example"
              ]
            },
            {
              "displayName": "All Company",
              "description": "Groups of groups: nobody is a direct member but the president",
              "members": [
                "patti.fernandez@contoso.example", "Engineering", "Sales and Marketing", "Retail",
                "Finance and Legal"
              ]
            },
            {
              "displayName": "claresia-admins", "description": "Claresia: tenant_admin",
              "members": ["allan.deyoung@contoso.example", "megan.bowen@contoso.example"]
            },
            {
              "displayName": "claresia-auditors", "description": "Claresia: auditor",
              "members": ["enrico.cattaneo@contoso.example", "pradeep.gupta@contoso.example"]
            },
            {
              "displayName": "claresia-users",
              "description": "Claresia: member; Retail is nested, so its people are not provisioned",
              "members": [
                "adele.vance@contoso.example", "alex.wilber@contoso.example",
                "isaiah.langer@contoso.example", "miriam.graham@contoso.example",
                "lynne.robbins@contoso.example", "debra.berger@contoso.example",
                "ben.walters@contoso.example", "Retail",
                "sofia.keller_fabrikam.example#EXT#@contoso.onmicrosoft.com"
              ]
            },
            {
              "displayName": "claresia-eng-pilot",
              "description": "Claresia: member with archetype eng_lead",
              "members": [
                "johanna.lorenz@contoso.example", "henrietta.mueller@contoso.example",
                "irvin.sayers@contoso.example"
              ]
            },
            {
              "displayName": "claras-owners", "description": "Claras: owner",
              "members": ["patti.fernandez@contoso.example"]
            },
            {
              "displayName": "claras-managers", "description": "Claras: manager",
              "members": [
                "nestor.wilke@contoso.example", "diego.siciliani@contoso.example",
                "patti.fernandez@contoso.example"
              ]
            },
            {
              "displayName": "claras-advisers", "description": "Claras: adviser",
              "members": [
                "lee.gu@contoso.example", "joni.sherman@contoso.example",
                "diego.siciliani@contoso.example"
              ]
            },
            {
              "displayName": "claras-assistants", "description": "Claras: assistant",
              "members": ["christie.cline@contoso.example", "debra.berger@contoso.example"]
            }
          ],
          "applications": [
            {
              "displayName": "Claresia", "template": "nonGallery",
              "web": {
                "redirectUris": ["http://localhost/callback", "https://localhost:8443/apps/claresia/callback"],
                "implicitGrantSettings": { "enableIdTokenIssuance": true }
              },
              "api": { "requestedAccessTokenVersion": 2 },
              "passwordCredentials": [{"displayName": "fixture", "secretText": "claresia-demo-client-secret"}],
              "servicePrincipal": { "appRoleAssignmentRequired": false, "preferredSingleSignOnMode": "oidc" },
              "oauth2PermissionGrants": [{"resource": "Microsoft Graph", "scope": "openid profile email offline_access User.Read"}],
              "appRoleAssignedTo": [
                { "principal": "claresia-admins", "appRole": "User" },
                { "principal": "claresia-auditors", "appRole": "User" },
                { "principal": "claresia-users", "appRole": "User" },
                { "principal": "claresia-eng-pilot", "appRole": "User" }
              ],
              "provisioning": {
                "tenantUrl": "{origin}/apps/claresia/scim/v2", "secretToken": "claresia-demo-scim-token",
                "scope": "assignedOnly", "provisionGroups": true, "enabled": true
              }
            },
            {
              "displayName": "Claras", "template": "nonGallery",
              "appRoleAssignedTo": [
                { "principal": "claras-owners", "appRole": "User" },
                { "principal": "claras-managers", "appRole": "User" },
                { "principal": "claras-advisers", "appRole": "User" },
                { "principal": "claras-assistants", "appRole": "User" }
              ],
              "provisioning": {
                "tenantUrl": "{origin}/apps/claras/api/scim/v2", "secretToken": "claras-demo-scim-full",
                "scope": "assignedOnly", "provisionGroups": true, "enabled": true
              }
            },
            {
              "displayName": "Contoso Tasks API",
              "identifierUris": ["api://{appId}", "api://tasks.contoso.example"],
              "api": {
                "requestedAccessTokenVersion": 2,
                "oauth2PermissionScopes": [
                  { "value": "Tasks.Read", "type": "User", "adminConsentDisplayName": "Read your tasks" },
                  {
                    "value": "Tasks.ReadWrite", "type": "User",
                    "adminConsentDisplayName": "Read and write your tasks"
                  },
                  {
                    "value": "Tasks.Manage", "type": "Admin",
                    "adminConsentDisplayName": "Manage everybody's tasks"
                  }
                ]
              },
              "appRoles": [
                { "value": "Tasks.Approver", "displayName": "Approver", "allowedMemberTypes": ["User"] },
                {
                  "value": "Tasks.Read.All", "displayName": "Read all tasks",
                  "allowedMemberTypes": ["Application"]
                },
                {
                  "value": "Tasks.ReadWrite.All", "displayName": "Read and write all tasks",
                  "allowedMemberTypes": ["User", "Application"]
                }
              ],
              "appRoleAssignedTo": [
                { "principal": "megan.bowen@contoso.example", "appRole": "Tasks.Approver" },
                { "principal": "Contoso Nightly Job", "appRole": "Tasks.Read.All" }
              ]
            },
            {
              "displayName": "Contoso Legacy API", "identifierUris": ["https://legacy.contoso.example"],
              "api": {
                "requestedAccessTokenVersion": 1,
                "oauth2PermissionScopes": [
                  {
                    "value": "user_impersonation", "type": "User",
                    "adminConsentDisplayName": "Access the legacy API as you"
                  }
                ]
              }
            },
            {
              "displayName": "Contoso Board",
              "spa": { "redirectUris": ["http://localhost:3000", "http://localhost/spa"] },
              "api": { "requestedAccessTokenVersion": 2 },
              "oauth2PermissionGrants": [
                {
                  "resource": "Microsoft Graph", "scope": "openid profile email offline_access User.Read"
                },
                { "resource": "Contoso Tasks API", "scope": "Tasks.Read" }
              ]
            },
            {
              "displayName": "Contoso Desktop", "isFallbackPublicClient": true,
              "publicClient": { "redirectUris": ["http://localhost", "msalcontoso://auth"] },
              "oauth2PermissionGrants": [
                {
                  "resource": "Microsoft Graph", "scope": "openid profile email offline_access User.Read"
                },
                { "resource": "Contoso Tasks API", "scope": "Tasks.Read Tasks.ReadWrite" }
              ]
            },
            {
              "displayName": "Contoso Nightly Job",
              "passwordCredentials": [{"displayName": "fixture", "secretText": "nightly-demo-client-secret"}],
              "keyCredentials": [], "api": { "requestedAccessTokenVersion": 2 }
            },
            {
              "displayName": "Contoso Expenses", "web": { "redirectUris": ["http://localhost/expenses"] },
              "passwordCredentials": [{"displayName": "fixture", "secretText": "expenses-demo-client-secret"}],
              "servicePrincipal": { "appRoleAssignmentRequired": true },
              "oauth2PermissionGrants": [{"resource": "Microsoft Graph", "scope": "openid profile email offline_access User.Read"}],
              "appRoleAssignedTo": [{"principal": "Finance and Legal"}]
            }
          ]
        }
        """#
}
