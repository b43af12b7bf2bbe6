// The face of CryptoJS that pages use to decode themselves, over ciphers of the host; for a page that loads it from elsewhere.
(function (host) {
  'use strict';
  function Words(bytes) { this.bytes = bytes; this.sigBytes = bytes.length; }
  Words.prototype.toString = function (encoder) { return (encoder || enc.Hex).stringify(this); };
  Words.prototype.concat = function (o) { var r = new Uint8Array(this.bytes.length + o.bytes.length); r.set(this.bytes); r.set(o.bytes, this.bytes.length); this.bytes = r; this.sigBytes = r.length; return this; };
  Words.prototype.clone = function () { return new Words(this.bytes); };
  function coder(name) { return { parse: function (t) { return new Words(host.decode(name, String(t))); }, stringify: function (w) { return host.encode(name, w.bytes); } }; }
  var enc = { Utf8: coder('utf8'), Latin1: coder('latin1'), Hex: coder('hex'), Base64: coder('base64'), Utf16: coder('utf16'), Utf16LE: coder('utf16') };
  function bytes(v) { return v instanceof Words ? v.bytes : host.decode('utf8', String(v)); }
  function hash(name) { return function (m) { return new Words(host.hash(name, bytes(m))); }; }
  function hmac(name) { return function (m, k) { return new Words(host.hmac(name, bytes(m), bytes(k))); }; }
  function decrypt(cipher, key, options) {
    options = options || {};
    var data = cipher instanceof Words ? cipher.bytes : cipher && cipher.ciphertext ? cipher.ciphertext.bytes : host.decode('base64', String(cipher));
    var salt = cipher && cipher.salt ? cipher.salt.bytes : null;
    return new Words(host.decrypt(data, key instanceof Words ? key.bytes : null, key instanceof Words ? '' : String(key), options.iv ? options.iv.bytes : null, options.mode || 'CBC', options.padding || 'Pkcs7', salt));
  }
  function encrypt(m) { return { ciphertext: new Words(bytes(m)), toString: function () { return host.encode('base64', bytes(m)); } }; }
  var lib = {
    enc: enc, mode: { CBC: 'CBC', ECB: 'ECB', CTR: 'CTR', CFB: 'CFB' }, pad: { Pkcs7: 'Pkcs7', NoPadding: 'None', ZeroPadding: 'None' },
    lib: { WordArray: { create: function (b) { return new Words(b instanceof Uint8Array ? b : new Uint8Array(b || [])); }, random: function (n) { return new Words(new Uint8Array(n)); } }, CipherParams: { create: function (o) { return o; } } },
    AES: { decrypt: decrypt, encrypt: encrypt }, MD5: hash('MD5'), SHA1: hash('SHA1'), SHA256: hash('SHA256'), SHA512: hash('SHA512'),
    HmacSHA256: hmac('SHA256'), HmacSHA1: hmac('SHA1'), HmacMD5: hmac('MD5'),
    PBKDF2: function (p, s, o) { o = o || {}; return new Words(host.derive(bytes(p), bytes(s), o.iterations || 1, (o.keySize || 4) * 4, o.hasher === lib.algo.SHA256 ? 'SHA256' : o.hasher === lib.algo.SHA512 ? 'SHA512' : 'SHA1')); },
    algo: { SHA1: {}, SHA256: {}, SHA512: {}, MD5: {} }, format: {}
  };
  return lib;
})
