// Small classes of the web platform that need nothing of the host but what is passed in.
(function (host) {
  'use strict';
  function Pairs(init) { this._list = []; this._fill(init); }
  Pairs.prototype = {
    _fill: function (init) {
      var me = this;
      if (init == null) return;
      if (init._list) init._list.forEach(function (p) { me.append(p[0], p[1]); });
      else if (Array.isArray(init)) init.forEach(function (p) { me.append(p[0], p[1]); });
      else if (typeof init === 'object') Object.keys(init).forEach(function (k) { me.append(k, init[k]); });
    },
    append: function (k, v) { this._list.push([String(k), v]); },
    set: function (k, v) { this['delete'](k); this.append(k, v); },
    get: function (k) { for (var i = 0; i < this._list.length; i++) if (this._list[i][0] === k) return this._list[i][1]; return null; },
    getAll: function (k) { return this._list.filter(function (p) { return p[0] === k; }).map(function (p) { return p[1]; }); },
    has: function (k) { return this.get(k) !== null; },
    'delete': function (k) { this._list = this._list.filter(function (p) { return p[0] !== k; }); },
    forEach: function (f) { this._list.forEach(function (p) { f(p[1], p[0]); }); },
    keys: function () { return this._list.map(function (p) { return p[0]; })[Symbol.iterator](); },
    values: function () { return this._list.map(function (p) { return p[1]; })[Symbol.iterator](); },
    entries: function () { return this._list[Symbol.iterator](); },
    toString: function () { return this._list.map(function (p) { return encodeURIComponent(p[0]) + '=' + encodeURIComponent(p[1]); }).join('&'); }
  };
  Pairs.prototype[Symbol.iterator] = Pairs.prototype.entries;
  function derive(make) { make.prototype = Object.create(Pairs.prototype); make.prototype.constructor = make; return make; }

  var FormData = derive(function FormData(form) { this._list = form ? host.fields(form) : []; });
  var Headers = derive(function Headers(init) { Pairs.call(this, init); });
  var URLSearchParams = derive(function URLSearchParams(init) {
    Pairs.call(this, typeof init === 'string' ? null : init);
    if (typeof init !== 'string') return;
    init.replace(/^\?/, '').split('&').forEach(function (part) {
      if (!part) return;
      var at = part.indexOf('=');
      try { this.append(decodeURIComponent(at < 0 ? part : part.slice(0, at)), at < 0 ? '' : decodeURIComponent(part.slice(at + 1).replace(/\+/g, ' '))); } catch (e) { }
    }, this);
  });

  function URL(text, base) {
    text = String(text);
    if (!/^[a-z][a-z0-9+.-]*:/i.test(text)) {
      if (base === undefined) throw new TypeError('Invalid URL');
      text = host.resolve(text, String(base));
    }
    var m = /^([a-z][a-z0-9+.-]*:)(?:\/\/(?:[^\/?#@]*@)?([^\/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/i.exec(text) || [];
    this.protocol = (m[1] || '').toLowerCase();
    this.host = m[2] || '';
    this.hostname = this.host.replace(/:\d+$/, '');
    this.port = (/:(\d+)$/.exec(this.host) || [])[1] || '';
    this.pathname = m[3] || (m[2] ? '/' : '');
    this.search = m[4] || '';
    this.hash = m[5] || '';
    this.origin = m[2] ? this.protocol + '//' + this.host : 'null';
    this.searchParams = new URLSearchParams(this.search);
  }
  Object.defineProperty(URL.prototype, 'href', {
    get: function () {
      var q = this.searchParams.toString();
      return this.protocol + (this.host ? '//' + this.host : '') + this.pathname + (q ? '?' + q : this.search) + this.hash;
    }
  });
  URL.prototype.toString = URL.prototype.toJSON = function () { return this.href; };
  URL.createObjectURL = host.createObjectURL;
  URL.revokeObjectURL = function () { };
  URL.canParse = function (u) { return /^[a-z][a-z0-9+.-]*:/i.test(u); };

  function Event(type, init) {
    this.type = String(type);
    this.bubbles = true; this.cancelable = true; this.defaultPrevented = false; this.isTrusted = true;
    this.target = this.currentTarget = null; this.timeStamp = 1; this.keyCode = this.which = 0; this.key = '';
    for (var k in init || {}) this[k] = init[k];
  }
  Event.prototype = {
    preventDefault: function () { this.defaultPrevented = true; },
    stopPropagation: function () { }, stopImmediatePropagation: function () { },
    initEvent: function (t) { this.type = t; }, initMouseEvent: function (t) { this.type = t; }, initCustomEvent: function (t, b, c, d) { this.type = t; this.detail = d; },
    composedPath: function () { return []; }, getModifierState: function () { return false; }
  };

  function FileReader() { this.readyState = 0; this.result = null; this.error = null; this._on = {}; }
  FileReader.prototype = {
    _done: function (result) {
      var me = this;
      me.result = result; me.readyState = 2;
      host.later(function () {
        var e = new Event('load'); e.target = e.currentTarget = me;
        ['onload', 'onloadend'].forEach(function (n) { if (typeof me[n] === 'function') me[n](e); });
        (me._on.load || []).concat(me._on.loadend || []).forEach(function (f) { f.call(me, e); });
      });
    },
    addEventListener: function (t, f) { (this._on[t] = this._on[t] || []).push(f); },
    removeEventListener: function () { }, abort: function () { },
    readAsDataURL: function (b) { this._done(host.dataUrl(b)); },
    readAsText: function (b) { this._done(host.text(b)); },
    readAsBinaryString: function (b) { this._done(host.binary(b)); },
    readAsArrayBuffer: function (b) { this._done(host.buffer(b)); }
  };

  function Observer() { }
  Observer.prototype = { observe: function () { }, unobserve: function () { }, disconnect: function () { }, takeRecords: function () { return []; } };

  // An element that is watched for coming into view does come into view.
  function IntersectionObserver(f) { this._f = f; }
  IntersectionObserver.prototype = Object.create(Observer.prototype);
  IntersectionObserver.prototype.observe = function (target) {
    var me = this;
    host.later(function () { me._f([{ target: target, isIntersecting: true, intersectionRatio: 1 }], me); });
  };

  function AbortController() { this.signal = { aborted: false, addEventListener: function () { }, removeEventListener: function () { } }; }
  AbortController.prototype.abort = function () { };

  function MessageChannel() {
    function port() { return { onmessage: null, postMessage: function (d) { var o = this._other; host.later(function () { if (o.onmessage) o.onmessage({ data: d }); }); }, start: function () { }, close: function () { } }; }
    this.port1 = port(); this.port2 = port(); this.port1._other = this.port2; this.port2._other = this.port1;
  }

  return {
    FormData: FormData, Headers: Headers, URLSearchParams: URLSearchParams, URL: URL, webkitURL: URL, FileReader: FileReader,
    Event: Event, CustomEvent: Event, MouseEvent: Event, KeyboardEvent: Event, InputEvent: Event, PointerEvent: Event, UIEvent: Event, FocusEvent: Event, TouchEvent: Event, SubmitEvent: Event, MessageEvent: Event,
    MutationObserver: Observer, ResizeObserver: Observer, PerformanceObserver: Observer, IntersectionObserver: IntersectionObserver,
    AbortController: AbortController, MessageChannel: MessageChannel
  };
})
