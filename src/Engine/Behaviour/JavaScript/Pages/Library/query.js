// What pages use of jQuery, for a page that loads it from elsewhere: enough to follow what its forms and buttons do.
(function (host, window, document) {
  'use strict';
  function Set(list) { this.length = 0; for (var i = 0; i < list.length; i++) if (list[i] != null) this[this.length++] = list[i]; }
  function $(what, context) {
    if (typeof what === 'function') { host.later(function () { what.call(document, $); }); return new Set([document]); }
    if (what == null || what === '') return new Set([]);
    if (what instanceof Set) return what;
    if (typeof what === 'string') {
      if (what.charAt(0) === '<') { var box = document.createElement('div'); box.innerHTML = what; var made = new Set(Array.prototype.slice.call(box.children)); for (var k in context || {}) if (typeof made[k] === 'function') made[k](context[k]); else made.attr(k, context[k]); return made; }
      var root = context ? $(context)[0] || document : document;
      try { return new Set(Array.prototype.slice.call(root.querySelectorAll(what.replace(/:(visible|first|last|eq\(\d+\)|input|button|submit|text|password|checked|selected|hidden)/g, '')))); } catch (e) { return new Set([]); }
    }
    if (typeof what === 'object' && typeof what.length === 'number' && !what.nodeType && what !== window) return new Set(what);
    return new Set([what]);
  }
  var fn = $.fn = $.prototype = Set.prototype;
  fn.jquery = '3.7.1';
  fn.each = function (f) { for (var i = 0; i < this.length; i++) if (f.call(this[i], i, this[i]) === false) break; return this; };
  fn.map = function (f) { var r = []; this.each(function (i, e) { r.push(f.call(e, i, e)); }); return new Set(r); };
  fn.get = function (i) { return i === undefined ? Array.prototype.slice.call(this) : this[i < 0 ? this.length + i : i]; };
  fn.toArray = function () { return Array.prototype.slice.call(this); };
  fn.eq = function (i) { return new Set([this.get(i)]); };
  fn.first = function () { return this.eq(0); };
  fn.last = function () { return this.eq(-1); };
  fn.index = function () { return 0; };
  fn.is = fn.hasClass = function () { return false; };
  fn.filter = fn.not = fn.has = function () { return this; };
  fn.find = function (s) { var r = []; this.each(function () { r = r.concat($(s, this).toArray()); }); return new Set(r); };
  fn.parent = function () { return this.map(function () { return this.parentNode; }); };
  fn.closest = function (s) { return this.map(function () { return this.closest ? this.closest(s) : null; }); };
  fn.children = function () { var r = []; this.each(function () { r = r.concat(Array.prototype.slice.call(this.children || [])); }); return new Set(r); };
  fn.next = fn.prev = fn.siblings = fn.parents = fn.end = fn.add = fn.addBack = fn.contents = fn.clone = fn.stop = fn.delay = fn.wrap = fn.detach = function () { return this; };
  fn.on = fn.bind = fn.one = fn.live = function (types, selector, data, f) {
    if (typeof types === 'object') { for (var k in types) this.on(k, types[k]); return this; }
    var inner = typeof selector === 'string' ? selector : null;
    f = typeof selector === 'function' ? selector : typeof data === 'function' ? data : f;
    if (typeof f !== 'function') return this;
    (inner ? $(inner) : this).each(function () {
      var me = this;
      types.split(/\s+/).forEach(function (t) {
        t = t.split('.')[0];
        if (me.addEventListener) me.addEventListener(t, function (e) { e.originalEvent = e; if (f.call(me, e) === false) e.preventDefault(); });
      });
    });
    return this;
  };
  fn.off = fn.unbind = function () { return this; };
  fn.trigger = fn.triggerHandler = function (t) { return this.each(function () { if (typeof this[t] === 'function') this[t](); else if (this.dispatchEvent) this.dispatchEvent(new window.Event(t)); }); };
  'click submit change keyup keydown keypress input focus blur load ready mouseover mouseenter mouseleave mousemove resize scroll dblclick hover select'.split(' ').forEach(function (t) {
    fn[t] = function (f) { return typeof f === 'function' ? (t === 'ready' ? ($(f), this) : this.on(t, f)) : this.trigger(t); };
  });
  fn.val = function (v) { if (v === undefined) return this[0] ? this[0].value : undefined; return this.each(function () { this.value = v; }); };
  fn.html = function (v) { if (v === undefined) return this[0] ? this[0].innerHTML : undefined; return this.each(function () { host.html(this, String(v)); }); };
  fn.text = function (v) { if (v === undefined) return this[0] ? this[0].textContent : ''; return this.each(function () { this.textContent = v; }); };
  fn.attr = fn.prop = function (k, v) {
    if (typeof k === 'object') { for (var n in k) this.attr(n, k[n]); return this; }
    if (v === undefined) return this[0] ? (this[0].getAttribute ? this[0].getAttribute(k) : this[0][k]) || undefined : undefined;
    return this.each(function () { if (typeof v === 'boolean') this[k] = v; else if (this.setAttribute) this.setAttribute(k, v); });
  };
  fn.data = function (k, v) { return v === undefined ? (this[0] && this[0].getAttribute ? this[0].getAttribute('data-' + k) : undefined) : this; };
  fn.css = function (k, v) { return v === undefined && typeof k === 'string' ? '' : this; };
  fn.width = fn.height = fn.outerWidth = fn.outerHeight = fn.scrollTop = function (v) { return v === undefined ? 800 : this; };
  fn.offset = fn.position = function () { return { top: 0, left: 0 }; };
  'addClass removeClass toggleClass removeAttr removeProp show hide toggle fadeIn fadeOut fadeTo slideUp slideDown slideToggle animate empty remove modal tooltip'.split(' ').forEach(function (n) {
    fn[n] = function () { for (var i = 0; i < arguments.length; i++) if (typeof arguments[i] === 'function') host.later(arguments[i].bind(this[0])); return this; };
  });
  fn.append = fn.prepend = fn.after = fn.before = fn.replaceWith = function () {
    var items = arguments;
    return this.each(function () {
      for (var i = 0; i < items.length; i++) {
        var item = items[i];
        if (item instanceof Set) for (var j = 0; j < item.length; j++) this.appendChild(item[j]);
        else if (item && item.nodeType) this.appendChild(item);
        else if (item != null) host.append(this, String(item));
      }
    });
  };
  fn.appendTo = fn.prependTo = fn.insertAfter = fn.insertBefore = function (to) { $(to).append(this); return this; };
  fn.serializeArray = function () { return this[0] ? host.fields(this[0]).map(function (p) { return { name: p[0], value: p[1] }; }) : []; };
  fn.serialize = function () { return $.param(this.serializeArray()); };
  fn.load = function (url) { if (typeof url === 'string') $.get(url); return this; };

  function settled() {
    var p = { done: run, then: run, always: run, fail: none, 'catch': none, success: run, error: none, complete: run, promise: function () { return p; }, abort: none };
    function run(f) { if (typeof f === 'function') host.later(function () { f({}, 'success', p); }); return p; }
    function none() { return p; }
    return p;
  }
  $.param = function (data) {
    if (Array.isArray(data)) return data.map(function (d) { return encodeURIComponent(d.name) + '=' + encodeURIComponent(d.value); }).join('&');
    return Object.keys(data || {}).map(function (k) { return encodeURIComponent(k) + '=' + encodeURIComponent(data[k]); }).join('&');
  };
  $.ajax = function (url, options) {
    if (typeof url === 'object') options = url;
    options = options || {};
    if (typeof url !== 'string') url = options.url || '';
    var data = options.data;
    if (data && typeof data === 'object' && !data._list) data = $.param(data);
    host.ask(url, data == null ? '' : String(data));
    var p = settled();
    ['beforeSend', 'success', 'complete'].forEach(function (n) { if (typeof options[n] === 'function') host.later(function () { options[n]({}, 'success', p); }); });
    return p;
  };
  $.post = $.get = $.getJSON = $.getScript = function (url, data, f) {
    if (typeof data === 'function') { f = data; data = null; }
    return $.ajax({ url: url, data: data, success: f });
  };
  $.ready = function (f) { if (typeof f === 'function') $(f); };
  $.each = function (list, f) { if (Array.isArray(list)) list.forEach(function (e, i) { f.call(e, i, e); }); else for (var k in list) f.call(list[k], k, list[k]); return list; };
  $.map = function (list, f) { return Array.prototype.map.call(list, function (e, i) { return f(e, i); }); };
  $.extend = fn.extend = function () { var i = typeof arguments[0] === 'boolean' ? 1 : 0, to = arguments[i] || {}; if (i + 1 === arguments.length) { to = this; i--; } for (i++; i < arguments.length; i++) for (var k in arguments[i]) to[k] = arguments[i][k]; return to; };
  $.trim = function (s) { return String(s == null ? '' : s).trim(); };
  $.parseJSON = JSON.parse;
  $.isFunction = function (f) { return typeof f === 'function'; };
  $.inArray = function (e, l) { return l.indexOf(e); };
  $.noop = function () { };
  $.noConflict = function () { return $; };
  $.ajaxSetup = $.cookie = $.noop;
  $.support = {}; $.browser = {}; $.expr = { ':': {} }; $.event = { special: {} };
  $.Deferred = function () { var p = settled(); p.resolve = p.reject = function () { return p; }; return p; };
  $.when = settled;
  return $;
})
