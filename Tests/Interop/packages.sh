#!/usr/bin/env bash
# Holds packages against other programs: digests against openssl, XML against xmllint, the signature against ssh-keygen, the data package against
# frictionless, encryption against age, the workbook against LibreOffice.
# usage: packages.sh BIN WORK PYTHON        (called by check.sh)
set -euo pipefail
bin=$1 work=$2/packages python=$3
mkdir -p "$work"
command -v age >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq age >/dev/null
command -v ssh-keygen >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq openssh-client >/dev/null
"$bin/yaosu" load samples/grids.csv samples/houses.csv samples/residents.csv --warehouse "$work/w.db" -q 2>/dev/null
sed 's/profiles: .*/profiles: [yaosu-exchange, append-only-table, frictionless-datapackage, smart-grid-platform, grid-app, zhejiang-safe]/
  s/fields: .*/fields: {grid: all, house: all, registeredResident: all}\n    minors: true/' samples/province/recipients.yaml >"$work/recipients.yaml"
ssh-keygen -q -t ed25519 -N '' -f "$work/key"
echo "office namespaces=\"yaosu-package\" $(cut -d' ' -f1,2 "$work/key.pub")" >"$work/signers"
pack() { "$bin/yaosu" export --warehouse "$work/w.db" --recipients "$work/recipients.yaml" "$@"; }

# Digests of random lengths, and of the files.
"$python" - "$work" <<'EOF'
import pathlib, random, sys
work, draw = pathlib.Path(sys.argv[1]), random.Random(7)
for place in range(20):
    folder = work / "digests"
    folder.mkdir(exist_ok=True)
    (folder / f"{place}").write_bytes(draw.randbytes(draw.choice([0, 1, 55, 56, 63, 64, 65, 127, 128, draw.randrange(5000)])))
EOF
pack --profile yaosu-exchange -o "$work/xml" --sign "$work/key" --json >"$work/export.json" 2>/dev/null
"$python" - "$work/xml" <<'EOF'
import hashlib, json, pathlib, subprocess, sys, jsonschema
folder = pathlib.Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
jsonschema.Draft202012Validator(json.loads(pathlib.Path("schemas/output/manifest.schema.json").read_text("utf-8"))).validate(manifest)
for file in manifest["files"]:
    path = folder / file["name"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == file["sha256"], file["name"]
    found = subprocess.run(["openssl", "dgst", "-sm3", str(path)], capture_output=True, text=True, check=True).stdout.split()[-1]
    assert found == file["sm3"], file["name"]
    assert path.stat().st_size == file["bytes"] and path.stat().st_mode & 0o077 == 0, file["name"]
EOF
ssh-keygen -Y verify -f "$work/signers" -I office -n yaosu-package -s "$work/xml/manifest.json.sig" <"$work/xml/manifest.json" >/dev/null
"$bin/yaosu" package verify "$work/xml" --signers "$work/signers" --json >"$work/verify.json" 2>/dev/null
for dataset in grid house registeredResident; do
  xmllint --noout --schema "$work/xml/schema/$dataset-records.xsd" "$work"/xml/*_"${dataset}"_records_*.xml 2>/dev/null
done
# What is read back is what was stored.
"$bin/yaosu" load "$work/xml" --warehouse "$work/again.db" -q 2>/dev/null
for name in w again; do "$bin/yaosu" verify --warehouse "$work/$name.db" --json 2>/dev/null | grep '"digest"' >"$work/$name.digest"; done
cmp "$work/w.digest" "$work/again.digest"
for format in json csv; do
  pack --profile yaosu-exchange --format $format -o "$work/$format" >/dev/null 2>&1
  "$bin/yaosu" load "$work/$format" --warehouse "$work/$format.db" -q 2>/dev/null
  "$bin/yaosu" verify --warehouse "$work/$format.db" --json 2>/dev/null | grep '"digest"' | cmp - "$work/w.digest"
done
"$python" - "$work/json" <<'EOF'
import json, pathlib, sys, jsonschema
folder = pathlib.Path(sys.argv[1])
for path in folder.glob("*_records_*.json"):
    dataset = path.name.split("_")[1]
    schema = json.loads((folder / "schema" / f"{dataset}-records.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(path.read_text("utf-8")))
EOF
pack --profile frictionless-datapackage -o "$work/frictionless" >/dev/null 2>&1
.build/interop/bin/frictionless validate --schema-sync "$work/frictionless/datapackage.json" >/dev/null 2>&1 \
  || .build/interop/bin/frictionless validate "$work/frictionless/datapackage.json"
pack --profile zhejiang-safe -o "$work/zhejiang" >/dev/null 2>&1
iconv -f GB18030 -t UTF-8 "$work"/zhejiang/*.csv >/dev/null
for profile in append-only-table smart-grid-platform grid-app public-notice; do pack --profile $profile -o "$work/$profile" >/dev/null 2>&1; done
pack --profile ledger -o "$work/ledger" >/dev/null 2>&1
soffice --headless --convert-to csv --outdir "$work" "$work"/ledger/*_registeredResident.xlsx >/dev/null 2>&1
[ "$(wc -l <"$(ls "$work"/*_registeredResident.csv)")" = 301 ]
# Encrypted by a command of the register: no plain file on the way.
age-keygen -o "$work/age.txt" 2>/dev/null
recipient=$(sed -n 's/^# public key: //p' "$work/age.txt")
sed "s/channel: plain/channel: encrypted-file\n    crypto: age -r $recipient/; /unencrypted:/d" "$work/recipients.yaml" >"$work/encrypted.yaml"
"$bin/yaosu" export --warehouse "$work/w.db" --recipients "$work/encrypted.yaml" --profile yaosu-exchange -o "$work/package.age" >/dev/null 2>&1
age -d -i "$work/age.txt" -o "$work/package.zip" "$work/package.age"
"$bin/yaosu" package verify "$work/package.zip" >/dev/null 2>&1
unzip -tq "$work/package.zip" >/dev/null
# An answer, an inquiry, and lists.
"$bin/yaosu" receipt --accepted --package "$("$python" -c 'import json,sys; print(json.load(open(sys.argv[1]))["package"])' "$work/export.json")" \
  --warehouse "$work/w.db" --json >"$work/receipt.json" 2>/dev/null
"$bin/yaosu" audit incident --package 1 --warehouse "$work/w.db" -o "$work/people.xlsx" --purpose example --json >"$work/incident.json" 2>/dev/null
"$bin/yaosu" package list --warehouse "$work/w.db" --json >"$work/list.json"
"$bin/yaosu" profile list --json >"$work/profiles.json"
"$bin/yaosu" export --profile-check schemas/profiles/ledger.yaml --json >"$work/checked.json"
"$python" - "$work" <<'EOF'
import json, pathlib, sys, jsonschema
work = pathlib.Path(sys.argv[1])
for name, schema in [("export", "export"), ("verify", "package-verify"), ("receipt", "receipt"), ("incident", "audit-incident"),
                     ("list", "package-list"), ("profiles", "profile-list"), ("checked", "export-check")]:
    wanted = json.loads(pathlib.Path(f"schemas/output/{schema}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(wanted).validate(json.loads((work / f"{name}.json").read_text("utf-8")))
EOF
echo "packages: all agree"
