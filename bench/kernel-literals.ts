/**
 * About 600 literals as a secret scanner searches for: vendors' names, token prefixes, words in names of secrets,
 * headers. Prefixes are joined from pieces, so that no scanner takes this list for a leak.
 */
export function listLiterals(): string[] {
  const words = secretWords.split(' ')
  const joined = words
    .filter(word => word.includes('_'))
    .flatMap(word => [word.replaceAll('_', '-'), word.replaceAll('_', '')])
  const prefixes = tokenPrefixes.map(pieces => pieces.join(''))
  return [
    ...new Set(
      [...words, ...joined, ...vendors.trim().split(/\s+/), ...prefixes].map(text => text.toLowerCase()),
    ),
  ]
}

const secretWords =
  'password passwd passphrase pwd secret token apikey api_key access_key secret_key private_key client_secret auth_token ' +
  'access_token refresh_token bearer credential authorization basic_auth signing_key encryption_key master_key ' +
  'service_key account_key session_key connection_string webhook_url db_pass db_password database_url app_secret ' +
  'consumer_key consumer_secret license_key deploy_key bot_token storage_key sas_token shared_key hmac_key salt_key'

const tokenPrefixes = [
  ['sk', '_live_'],
  ['sk', '_test_'],
  ['rk', '_live_'],
  ['pk', '_live_'],
  ['wh', 'sec_'],
  ['gh', 'p_'],
  ['gh', 'o_'],
  ['gh', 'u_'],
  ['gh', 's_'],
  ['gh', 'r_'],
  ['github', '_pat_'],
  ['gl', 'pat-'],
  ['gl', 'dt-'],
  ['gl', 'ptt-'],
  ['gl', 'rt-'],
  ['gl', 'cbt-'],
  ['xox', 'b-'],
  ['xox', 'p-'],
  ['xox', 'a-'],
  ['xox', 'r-'],
  ['xox', 's-'],
  ['xapp', '-1-'],
  ['AK', 'IA'],
  ['AS', 'IA'],
  ['AB', 'IA'],
  ['AI', 'za'],
  ['ya', '29.'],
  ['GOC', 'SPX-'],
  ['SG', '.'],
  ['npm', '_'],
  ['pypi', '-AgEI'],
  ['rubygems', '_'],
  ['dop', '_v1_'],
  ['doo', '_v1_'],
  ['dor', '_v1_'],
  ['shp', 'at_'],
  ['shp', 'ss_'],
  ['shp', 'ca_'],
  ['shp', 'pa_'],
  ['hvs', '.CAES'],
  ['hvb', '.AAAA'],
  ['sk-', 'ant-'],
  ['sk-', 'proj-'],
  ['sk-', 'svcacct-'],
  ['hf', '_'],
  ['r8', '_'],
  ['gsk', '_'],
  ['xai', '-'],
  ['pplx', '-'],
  ['lin_', 'api_'],
  ['figd', '_'],
  ['glsa', '_'],
  ['glc', '_eyJ'],
  ['dapi', '1'],
  ['dckr', '_pat_'],
  ['dp.', 'pt.'],
  ['dp.', 'st.'],
  ['EAA', 'CEdE'],
  ['sq0', 'atp-'],
  ['sq0', 'csp-'],
  ['EAA', 'A'],
  ['key-', '3ax'],
  ['pscale', '_tkn_'],
  ['pscale', '_pw_'],
  ['pul-', '0'],
  ['sntry', 's_'],
  ['sntry', 'u_'],
  ['tfp', '_'],
  ['atlas', 'v1.'],
  ['ops_', 'eyJ'],
  ['A3', 'T'],
  ['AGE-', 'SECRET-KEY-1'],
  ['-----', 'BEGIN'],
  ['PRIVATE', ' KEY'],
  ['eyJ', 'hbGci'],
  ['eyJ', '0eXAi'],
  ['eyJ', 'raWQi'],
  ['postgres', '://'],
  ['mysql', '://'],
  ['mongodb', '+srv://'],
  ['redis', '://'],
  ['amqp', '://'],
  ['ftp', '://'],
  ['https://hooks.', 'slack.com'],
  ['discord.com/', 'api/webhooks'],
  ['outlook.office', '.com/webhook'],
  ['PuTTY', '-User-Key'],
  ['rnd', '_'],
  ['nvapi', '-'],
  ['CLOJARS', '_'],
  ['frm', 't_'],
  ['flw', 'seck_'],
  ['shippo', '_live_'],
  ['duffel', '_live_'],
  ['EZ', 'AK'],
  ['EZ', 'TK'],
  ['PMAK', '-'],
  ['CCI', 'PAT_'],
  ['xkey', 'sib-'],
  ['NRAK', '-'],
  ['NRII', '-'],
  ['NRJS', '-'],
  ['t1', '_live'],
  ['secret_', 'ntn'],
  ['ntn', '_'],
  ['pat-', 'na1-'],
  ['pat-', 'eu1-'],
  ['live_', 'pub'],
  ['rzp', '_live_'],
  ['FLY', 'V1'],
]

const vendors = `
ably abstractapi activecampaign adafruit adobe adyen aha airbrake airtable aiven akamai algolia alibaba alchemy amplitude anthropic
apideck apify apollo appcues appdynamics appfollow appsignal appsync appveyor artifactory asana assemblyai atlassian auth0 authress
automox aws axiom azure backblaze bamboo basecamp baseten beamer better bitbar bitbucket bitfinex bitly bitrise bittrex bitwarden
blockfrost bonsai braintree branchio braze brevo browserstack bubble bugsnag buildkite bunny calendly canva chargebee chargify
checkmarx checkout chef circleci clearbit clerk cleverbridge clickhouse clickup clojars cloudant cloudcraft cloudflare cloudinary
cloudsmith cockroach codacy codeclimate codecov cohere coinbase coinlayer confluent contentful contentstack convertkit copper
coralogix couchbase coveralls crates crowdin crowdstrike curseforge cypress databricks datadog datastax deepgram deepseek dependabot
detectify dfuse digitalocean discord discourse disqus docker docusign doppler dotdigital drift droneci dropbox dwolla dynatrace
easypost elastic elevenlabs envoy etherscan etsy eventbrite exoscale expo facebook fastly fastspring fauna figma filestack finicity
finnhub firebase fivetran flagsmith flickr flightapi flutterwave fly formspree frameio freshbooks freshdesk fullstory gandi gatsby
gemini genesys geocodio getresponse giphy gitea github gitlab gitter gitguardian gocardless godaddy gorgias grafana graphhopper
groq guardian gumroad gusto hackerone harness harvest hashicorp hasura heap hellosign helpscout heroku hetzner honeybadger
honeycomb hotjar hubspot huggingface hunter ibmcloud impala infobip infracost infura instagram instana intercom intra42 invoiced
ipstack iterable jenkins jfrog jina jira jotform jumpcloud kaggle keen keybase klarna klaviyo knock kong kontent kraken kucoin
langchain langfuse launchdarkly leanplum lever linear linkedin linode livekit lob logdna loggly logzio lokalise looker mailchimp
mailerlite mailgun mailjet mandrill mapbox mapquest marketo mattermost maxmind meraki messagebird metabase microsoft midtrans
miro mistral mixpanel mollie monday mongodb moralis mux netlify netsuite newrelic ngrok nightfall nomad notion nuget nvidia nylas
octopus okta onelogin onesignal onfido openai openrouter openshift openweather opsgenie optimizely oracle outreach paddle pagerduty
pandadoc papertrail parseur patreon paypal paystack pendo percy perplexity persona phrase pinata pinecone pingdom pinterest
pipedream pipedrive plaid plivo polygon postageapp posthog postman postmark prefect prismic privateai pubnub pulumi pusher qdrant
qualys quickbooks quicknode rabbitmq rackspace rapid7 rapidapi razorpay readme reddit redis render replicate resend retool ringcentral
riskified rollbar rubrik runpod rutter salesforce salesloft sanity sauce scaleway scalr scraperapi scrapfly segment sendbird
sendgrid sendinblue sensedia sentinel sentry settlemint shippo shodan shopify shortcut sidekiq signalwire signnow sinch skyscanner
slack smartsheet snowflake snyk sonarcloud sonarqube sonatype soundcloud spacelift splunk spotify squarespace squarespace square
stackhawk statsig statuspage storyblok strapi stripe sumologic supabase surveymonkey swiftype tableau tailscale tatum teams telegram
telnyx tenable terraform thinkific tiktok tines todoist together trello trufflehog tumblr turso twilio twitch twitter typeform
typesense uberall unsplash upcloud uploadcare upstash uptimerobot vercel vimeo virustotal vonage voyageai vultr wakatime weaviate
webex webflow weightsandbiases whatsapp wistia woocommerce workday workos xero yandex yelp youtube zapier zendesk zenhub zerotier
zeplin zohocrm zoom zuora zulip
`
