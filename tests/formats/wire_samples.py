"""Invented samples of each wire format."""

G2 = """<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:example.org:20240301:budget"
    version="{version}" standard="NewsML-G2" standardversion="2.32" xml:lang="fr">
  <itemMeta>
    <itemClass qcode="ninat:{item_class}"/>
    <provider qcode="prov:EX"><name>Agence Exemple</name></provider>
    <versionCreated>2024-03-01T13:00:00+01:00</versionCreated>
    <firstCreated>2024-03-01T11:00:00Z</firstCreated>
    {meta}
  </itemMeta>
  <contentMeta>
    <urgency>3</urgency>
    <by>Par un correspondant</by>
    <language tag="fr"/>
    <subject qcode="medtop:11000000"/><keyword>budget</keyword>
    <slugline>FRANCE-BUDGET</slugline>
    <headline rank="2">Surtitre</headline><headline rank="1">Le budget est voté</headline>
  </contentMeta>
  <contentSet>{content}</contentSet>
</newsItem>
"""
XHTML = """<inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Non</title></head><body>
<header><h1>Non plus</h1></header>
<p>Le conseil a voté<br/>le budget.</p><p>Le maire s'est <b>réjoui</b> du résultat.</p>
<figure><img src="x"/><figcaption>Une photo</figcaption></figure>
</body></html></inlineXML>"""

NITF = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE nitf SYSTEM "nitf-3-5.dtd">
<nitf xml:lang="fr" change.date="20240301T130000Z">
  <head>
    <title>Titre de page</title>
    <docdata management-status="{status}">
      <doc-id id-string="nitf-42" regsrc="Agence Exemple"/>
      <urgency ed-urg="2"/>
      <date.issue norm="20240301T120000Z"/>
      {docdata}
      <du-key version="3" key="france-budget"/>
      <key-list><keyword key="budget"/></key-list>
      <ed-msg info="Note aux abonnés"/>
    </docdata>
  </head>
  <body>
    <body.head>
      <hedline><hl1>Le budget est voté</hl1></hedline>
      <byline>Par un correspondant</byline>
      <dateline>PARIS (EX)</dateline>
    </body.head>
    <body.content>{content}</body.content>
    <body.end><tagline>ab/cd</tagline></body.end>
  </body>
</nitf>
"""
NITF_TEXT = "<p>Le conseil a voté le budget&nbsp;annuel.</p><p>Le maire s'est réjoui.</p>"

NEWSML1 = """<?xml version="1.0" encoding="UTF-8"?>
<NewsML Version="1.2">
  <NewsEnvelope><DateAndTime>20240301T120000Z</DateAndTime></NewsEnvelope>
  {items}
</NewsML>
"""
NEWSML1_ITEM = """<NewsItem>
  <Identification><NewsIdentifier>
    <ProviderId>example.org</ProviderId><DateId>20240301</DateId><NewsItemId>{ident}</NewsItemId>
    <RevisionId PreviousRevision="1" Update="N">2</RevisionId>
    <PublicIdentifier>urn:newsml:example.org:20240301:{ident}:2</PublicIdentifier>
  </NewsIdentifier></Identification>
  <NewsManagement>
    <NewsItemType FormalName="News"/>
    <FirstCreated>20240301T110000Z</FirstCreated>
    <ThisRevisionCreated>20240301T120000Z</ThisRevisionCreated>
    <Status FormalName="{status}"/>{management}
    <Urgency FormalName="4"/>
  </NewsManagement>
  <NewsComponent>
    <NewsLines><HeadLine>Le budget est voté</HeadLine><SlugLine>budget</SlugLine></NewsLines>
    <AdministrativeMetadata><Provider><Party FormalName="Agence Exemple"/></Provider>
    </AdministrativeMetadata>
    <DescriptiveMetadata><Language FormalName="fr"/>
      <SubjectCode><Subject FormalName="11000000"/></SubjectCode></DescriptiveMetadata>
    <NewsComponent><ContentItem><MediaType FormalName="{media}"/>{content}</ContentItem>
    </NewsComponent>
  </NewsComponent>
</NewsItem>"""
NEWSML1_CONTENT = "<DataContent><p>Le conseil a voté.</p><p>Le maire sourit.</p></DataContent>"

IPTC7901 = (
    b"\x01bdt0123 3 pol 42 ex 0456\r\n\x02\r\nFrance/budget/\r\nLe budget est vot\xe9 =\r\n"
    b"   Paris (ex) - Le conseil a vot\xe9 le budget\r\nde la commune.\r\n"
    b"   Le maire s'est r\xe9joui.\r\n\x03\r\n011230 GMT mar 24\r\n\x04"
)
ANPA = (
    b"\x16\x16\x01a0456\x1fbc-xx\r\n\x02\r\nr i \x13BC-Budget, 1st Ld<\r\n"
    b"  The council has passed the budget\r\nof the town.\r\n"
    b"  The mayor was pleased.\r\n\x03\r\n01 1230 mar 24\r\n\x04"
)

NINJS1 = {
    "uri": "http://example.org/items/42",
    "type": "text",
    "version": "7",
    "versioncreated": "2024-03-01T12:00:00Z",
    "firstcreated": "2024-03-01T11:00:00Z",
    "pubstatus": "usable",
    "urgency": 3,
    "language": "fr",
    "headline": "Le budget est voté",
    "byline": "Par un correspondant",
    "slugline": "budget",
    "copyrightholder": "Agence Exemple",
    "subject": [{"code": "medtop:11000000", "name": "politique"}],
    "body_xhtml": "<p>Le conseil a voté.</p><p>Le maire sourit.</p>",
    "body_text": "autre",
}
NINJS3 = {
    "standard": {"name": "ninjs", "version": "3.0"},
    "uri": "urn:example:42",
    "type": "text",
    "version": "7",
    "versionCreated": "2024-03-01T12:00:00Z",
    "pubStatus": "usable",
    "language": "fr",
    "headlines": [{"role": "sub", "value": "Non"}, {"role": "main", "value": "Le budget est voté"}],
    "bodies": [
        {"role": "summary", "value": "Résumé"},
        {"role": "main", "contentType": "text/html", "value": "<p>Le conseil a voté.</p>"},
    ],
    "infoSources": [{"name": "Agence Exemple"}],
}
