/**
 * Beginnings of literals that stand in source text at more than one place in 2^16, counted by bench/common-beginnings.ts over
 * 901 MB. A literal that came to the rules since may have others: they make the search slower and change nothing else.
 */
const common =
  '\tpa| pa| pas| pass| passw| passwo| passwor| password| se| sec| secr| secre| secret|"au|"bo|"da|"dat|"id|' +
  '"pa|"se|"sec|"ser|\'id|\'se|---|----|-----|.ac|.ap|.app|.at|.cl|.clo|.in|.lo|.log|.po|.re|.ti|.v1|/in|0x4|' +
  '100|1000|<co|<pa|<se|\\u0|\\x0|_au|_aut|aaa|aaaa|aaaaa|aaaaaa|aaaaaaa|aaaaaaaa|aaaaaaaaa|aaaaaaaaaa|' +
  'aaaaaaaaaaa|aaaaaaaaaaaa|aaaaaaaaaaaaa|aaaaaaaaaaaaaa|aaaaaaaaaaaaaaa|aaaaaaaaaaaaaaaa|aaaaaaaaaaaaaaaaa|' +
  'aaaaaaaaaaaaaaaaaa|aaaaaaaaaaaaaaaaaaa|aaaaaaaaaaaaaaaaaaaa|aae|abi|abl|abs|abst|abstr|abstra|abstrac|' +
  'abstract|acc|acce|acces|access|access |acco|accou|accoun|account|acd|ada|adm|admi|admin|ado|age|agi|air|' +
  'aka|aki|alc|ale|alg|algo|ali|all|all |all.|all_|alls|alt|alte|alter|ama|amaz|amazo|amb|amp|ampl|ans|ansi|' +
  'ansib|ansibl|any|apa|apac|api|api |api-|api.|app|aps|arm|art|arti|artif|artifa|artifac|artifact|arts|asa|' +
  'asi|ask|ass|asse|ast|ata|atat|atc|ate|ater|ato|ats|att|aud|aut|auth|autho|author|authori|authoriz|' +
  'authoriza|authorizat|authorizati|authorizatio|authorization|auto|ava|avi|ayl|azu|ban|bar|bas|base|basi|' +
  'basic|bat|batc|batch|bea|bed|bee|bes|bet|big|bil|bin|bind|bit|bla|bli|blo|bloc|block|bol|boo|boot|bor|bot|' +
  'bra|bran|bro|brow|brows|browse|browser|bsc|bug|bui|buil|build|bul|bulk|bun|bund|bundl|bundle|bus|but|butt|' +
  'cal|cale|cam|can|cann|cap|cape|capt|car|cas|cen|cens|cent|cha|char|che|chec|check|checke|cie|cif|cir|circ|' +
  'cla|clar|cle|clea|clear|cli|clic|click|clie|clien|client|client |client.|clo|clou|cloud|clu|clus|clust|' +
  'cmd|cod|code|code |code.|col|coll|colle|collec|collect|colu|colum|column|columns|com|comm|comme|commo|' +
  'comp|compa|compo|compu|comput|compute|con|conf|confi|config|conn|conne|connec|connect|cons|conso|consol|' +
  'console|consu|consum|consume|consumer|cont|conte|conten|content|contents|contr|conv|conve|conver|convers|' +
  'conversi|conversio|conversion|convert|coo|cook|cooki|cop|cou|coun|count|countr|country|cov|cove|cover|cpa|' +
  'cra|cre|crea|creat|create|create |cred|crede|creden|credent|credenti|credentia|credential|cro|cros|cross|' +
  'cry|cryp|crypt|crypto|cur|curr|curre|curren|currenc|currency|current|cus|cust|custo|custom|dai|dail|daily|' +
  'dan|dap|dar|das|dat|data|data |data-|data.|data_|datab|dd |dd_|dda|ddr|dds|deb|dec|dee|def|defa|defau|' +
  'defaul|default|default_|del|deli|dem|dep|det|dete|detec|detect|dev|deve|devel|develo|devi|dic|dict|dif|' +
  'diff|dig|dis|disc|disco|dit|doc|dock|docke|docker|docu|docum|docume|documen|document|dop|dor|dos|dre|dro|' +
  'drop|dup|dyn|dyna|eaa|eas|eco|eda|ede|eden|edg|edge|eig|eigh|eight|ela|ele|ema|emai|email|ena|enab|enabl|' +
  'enable|enc|encr|encry|encryp|encrypt|end|endp|endpo|endpoi|endpoin|endpoint|eni|ent|entr|env|equ|equi|era|' +
  'ess|eth|ethe|ether|ets|eve|even|event|event |event_|ever|ewo|exa|exc|exp|expo|expor|export|export |' +
  'exports|ext|extr|extra|extrac|extract|fac|face|face |fak|fal|fals|false|fas|fec|fer|fet|fetc|fetch|fig|' +
  'figu|figur|fil|file|file |file i|file.|file_|fin|fina|find|fini|fir|fire|fix|fixe|fla|flag|flags|fle|fli|' +
  'flo|floa|float|flow|flowf|flu|for|fore|form|form |form.|forms|fou|fre|free|fres|fresh|fro|ful|full|full |' +
  'fun|func|funct|functi|functio|function|function |function c|gec|gem|gen|geo|get|get |get_|gete|getr|getre|' +
  'gets|getst|gh |ght|git|gith|githu|github|gli|glo|go |go-|go.|goc|goo|goog|googl|google|google.|gra|grad|' +
  'grap|graph|gre|gro|gs |gs.|gua|gum|gur|hap|hcl|hco|hec|heck|hecke|hel|hell|hello|help|her|here|here |het|' +
  'hex|hig|high|hiv|hive|hma|hol|hon|hoo|hook|hos|host|host |htm|html|htt|http|https|https:|https:/|https://|' +
  'hub|hub.|hun|ico|icon|ide|iden|ident|identi|identif|identifi|identifie|iga|ike|ima|imag|image|imm|imp|inf|' +
  'info|inn|ins|inst|insta|instan|int|inte|inter|interc|intern|interna|internal|intr|inv|invo|ion|ip |ip.|' +
  'ipa|ips|isa|ite|iter|itera|jup|jupi|jupit|jupite|jupiter|jupiter.|kaf|kafk|kag|kan|kar|kee|ken|key|key_|' +
  'kin|kind|kit|kub|kube|lac|lace|lan|lang|langu|langua|languag|language|language |lar|lau|lda|lea|lead|lean|' +
  'lean |lem|len|les|less|less |lex|lib|libr|libra|lic|lice|licen|licens|license|license |license-|license.|' +
  'lig|ligh|light|lin|line|line |link|link |liv|live|loa|load|log|logg|logi|login|loo|look|loop|lta|lwa|mac|' +
  'mach|machi|machin|machine|mad|mag|mai|mail|man|mand|map|map |map.|mar|mark|marke|mas|mat|matt|matte|' +
  'matter|mea|mean|med|medi|media|mer|mera|merg|mes|mess|messa|messag|message|message |message.|met|meta|' +
  'metr|metri|mid|min|mis|mit|mite|mix|mma|mnf|mob|moc|mock|mod|mode|mon|mor|mot|mp |mp_|mul|nan|nap|ner|nes|' +
  'ness|net|new|new |new r|new re|new_|news|nex|nfo|ngr|nic|nim|nom|non|not|noti|notic|notice|notif|notifi|' +
  'notific|notifica|notificat|notificati|notificatio|notification|nov|nre|ns |ns t|ns-|ns.|ns_|nsc|nst|ntn|' +
  'num|nut|nva|oau|oaut|oauth|oauth2|oci|ocia|oll|one|one |one_|oned|onf|oop|ope|open|ops|opt|opti|ora|org|' +
  'ory|ory_|oss|ove|over|pac|pack|packa|packag|package|package |pag|page|pan|pand|par|para|pars|parse|parser|' +
  'part|parti|pas|pass|passw|passwo|passwor|password|pat|pay|pen|pend|peo|per|perc|perm|permi|pers|perso|' +
  'person|pha|pin|ping|ping |pip|pipe|pir|pla|plai|plan|plat|platf|platfo|platfor|platform|pli|pod|pol|poll|' +
  'polo|pop|pos|posi|posit|positi|positio|position|post|pow|ppl|pre|pres|pri|priv|priva|privat|private|' +
  'private |pro|prod|produ|produc|product|prot|proto|protoc|protoco|protocol|prov|provi|prox|proxy|pse|ptr|' +
  'pts|pub|pul|pur|pus|push|put|qua|qual|rad|rai|rail|rails|ram|rap|raw|rea|reac|reach|react|real|reb|rec|' +
  'reco|red|redi|redis|ref|refi|refr|refre|refres|refresh|reg|rel|rem|remo|remot|remote|ren|rent|rep|repa|' +
  'repl|req|requ|reque|reques|request|request |request.|requi|requir|require|res|rest|rev|rin|ring|rit|rite|' +
  'roc|rock|rocks|rol|roll|roo|root|rou|rout|route|row|rpa|run|runn|runne|runner|runner.|s-s|sal|sam|san|' +
  'sand|sas|sat|sca|scal|sch|sche|schem|schema|schema |schema.|scr|sdk|sea|sec|secr|secre|secret|secu|secur|' +
  'securi|securit|security|security |security.|see|seg|segm|segme|segmen|sel|sele|selec|select|sem|sen|send|' +
  'sent|sep|ser|serv|serve|server|servi|servic|service|service |service.|ses|ses |sess|sessi|sessio|sf |sha|' +
  'shar|share|shared|she|shi|ship|sho|shot|shu|shut|sig|sign|signa|signal|signat|signatu|signatur|signe|sim|' +
  'simp|simpl|simple|sin|sinc|sit|site|sk.|sk_|ske|sla|sma|smo|sno|sof|soft|sol|son|spa|spac|space|spar|spat|' +
  'spe|spl|spo|spor|sport|sql|ssh|ssl|sso|ssw|sta|stab|stabl|stat|stati|static|static |statu|status|status |' +
  'status.|sti|sto|stor|stora|storag|storage|store|str|stra|stre|strea|stream|stream |stream.|streams|stri|' +
  'sts|sts |sts.|stst|sub|subs|subsc|subscr|subscri|subscrip|subscript|subscripti|subscriptio|subscription|' +
  'sum|sup|supe|super|sur|swi|t l|t.l|t_l|tab|tabl|table|tac|tal|tall|tat|tatu|tav|tax|te |te t|te-|te.|te_|' +
  'te_t|tea|tec|tef|tel|tele|tem|temp|ten|tena|tenc|tes|test|test_|testi|testin|testing|testing.|tet|tex|' +
  'text|text |text-|text.|the|the |the g|the o|thi|thin|thing|tho|thou|thy|tic|tick|tid|tim|time|time |time.|' +
  'time_|times|timez|timezo|timezon|timezone|timezone_|tly|tly |tme|tmet|tna|tod|tog|tok|toke|token|tom|tomo|' +
  'tot|tra|trac|track|tracke|tran|trans|transf|transfe|transfer|transl|transla|translat|tre|tru|truc|true|' +
  'true |tse|tur|twe|twi|typ|type|type.|ube|uni|unk|unl|unle|unp|uns|upl|uple|ups|upt|url|url |use|user|' +
  'usern|userna|usernam|username|users|v1.|val|vali|valid|valida|validat|validati|validatio|validation|vas|' +
  'vat|ver|veri|verif|verifi|vers|versi|versio|version|versione|vie|view|vir|vis|visi|visio|vision|voi|vol|' +
  'wal|wan|wat|web|web.|webs|wei|who|wik|wis|wise|wit|wor|word|work|works|wri|xtr|xtra|yna|you|you |ysc|zen|' +
  'zer|zero|zip|zon|'

export const commonBeginnings: ReadonlySet<string> = new Set(common.split('|'))
